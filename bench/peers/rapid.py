"""RapidOCR over ONNX Runtime, with its defaults."""

from __future__ import annotations

from protocol import adapter_options, own_stdout, serve


def main() -> None:
    options = adapter_options(__doc__).parse_args()
    channel = own_stdout()

    import cv2
    from rapidocr import RapidOCR

    parameters: dict[str, object] = {"Global.log_level": "error"}
    if options.threads:
        cv2.setNumThreads(options.threads)
        parameters["EngineConfig.onnxruntime.intra_op_num_threads"] = options.threads
        parameters["EngineConfig.onnxruntime.inter_op_num_threads"] = 1
    engine = RapidOCR(params=parameters)

    def read(path: str) -> list[str]:
        return list(engine(path).txts or ())

    serve(channel, read)


if __name__ == "__main__":
    main()
