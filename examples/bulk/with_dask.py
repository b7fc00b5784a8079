"""Reads a folder of images with Dask into a folder of Parquet: with_dask.py IMAGES OUT [IMAGES_A_PART [SCHEDULER]]

Each worker process has one engine, in a child process. SCHEDULER is the address of a cluster; without one, each core of
this machine gets a worker. A stopped run continues when it is started again.
"""

import sys

import lince_stream
import pandas as pd
import pyarrow as pa
from dask.dataframe import from_map
from distributed import Client, LocalCluster

KINDS = {field.name: pd.ArrowDtype(field.type) for field in lince_stream.SCHEMA}
EMPTY = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in KINDS.items()})


def read(paths):
    table = pa.Table.from_pylist(list(lince_stream.rows(paths)), lince_stream.SCHEMA)
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def main(source, out, size=10_000, scheduler=None):
    cluster = scheduler or LocalCluster(threads_per_worker=1, dashboard_address=None)
    with Client(cluster) as client:
        client.upload_file(lince_stream.__file__)
        for paths, target in lince_stream.parts(source, out, int(size)):
            groups = [paths[start : start + 16] for start in range(0, len(paths), 16)]
            pages = from_map(read, groups, meta=EMPTY)
            pages.to_parquet(target, schema=lince_stream.SCHEMA, write_index=False)
            print(f"{len(paths)} images are in {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
