"""Reads a folder of images with Ray Data into a folder of Parquet: with_ray.py IMAGES OUT [IMAGES_A_PART]

An actor for each core has one engine, in a child process. A stopped run continues when it is started again.
"""

import sys
from pathlib import Path

import pyarrow as pa
import ray
from lince_stream import SCHEMA, parts, rows


class Reader:
    """Lives in one actor, as does the child that it starts."""

    def __call__(self, batch):
        return pa.Table.from_pylist(list(rows(batch["path"].to_pylist())), SCHEMA)


def main(source, out, size=10_000):
    here = str(Path(__file__).parent)  # the cluster gets this folder, for lince_stream.py
    ray.init(runtime_env={"working_dir": here}, include_dashboard=False, configure_logging=False)
    actors = int(ray.cluster_resources()["CPU"])
    for paths, target in parts(source, out, int(size)):
        images = ray.data.from_items([{"path": path} for path in paths]).repartition(max(1, len(paths) // 16))
        pool = ray.data.ActorPoolStrategy(size=actors)  # each leaves half of its core to what Ray does itself
        read = images.map_batches(Reader, batch_format="pyarrow", batch_size=16, compute=pool, num_cpus=0.5)
        read.write_parquet(target)
        print(f"{len(paths)} images are in {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
