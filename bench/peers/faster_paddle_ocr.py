"""faster-paddle, with its defaults, one image at a time or in its own batches."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from protocol import adapter_options, answer, answer_error, own_stdout, serve


def texts(result: dict) -> list[str]:
    """The lines of one result, in the order the engine gives them."""
    return [result["bounds"][key]["text"] for key in sorted(result["bounds"])]


def serve_batches(channel: int, engine, size: int) -> None:
    """Answers each request with one call of the engine's own batch function."""
    for row in sys.stdin:
        paths = row.rstrip("\n").split("\t")
        started = time.perf_counter()
        try:
            images = [Path(path).read_bytes() for path in paths]
            results = engine.ocr_batch(images, batch_size=size)
        except Exception as error:  # an engine may fail in any way: that is a result too
            for path in paths:
                answer_error(channel, path, f"{type(error).__name__}: {error}")
            continue
        seconds = (time.perf_counter() - started) / len(paths)
        for path, result in zip(paths, results, strict=True):
            answer(channel, path, seconds, texts(result))


def main() -> None:
    parser = adapter_options(__doc__)
    parser.add_argument("--model", choices=["tiny", "small"], required=True)
    parser.add_argument("--batch", type=int, default=0, help="images of one batch; 0: no batches")
    options = parser.parse_args()
    channel = own_stdout()

    from faster_paddle import OcrEngine

    engine = OcrEngine(model_size=options.model, threads=options.threads or None)
    if options.batch:
        serve_batches(channel, engine, options.batch)
    else:
        serve(channel, lambda path: texts(engine.ocr(Path(path).read_bytes())))


if __name__ == "__main__":
    main()
