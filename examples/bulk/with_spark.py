"""Reads a folder of images with PySpark into a folder of Parquet: with_spark.py IMAGES OUT [IMAGES_A_PART]

Each Python worker of an executor has one engine, in a child process. With spark-submit the master comes from there;
otherwise all cores of this machine are used. A stopped run continues when it is started again.
"""

import os
import sys

import lince_stream
import pandas as pd
from pyspark.sql import SparkSession

LINES = "array<struct<text: string, confidence: double, box: array<double>>>"
FIELDS = "array<struct<name: string, value: string, confidence: double>>"
TEXTS = "layout string, text string, error_code string, error string"
SCHEMA = f"path string, page bigint, {TEXTS}, lines {LINES}, fields {FIELDS}"


def read(frames):
    for frame in frames:
        found = pd.DataFrame(lince_stream.rows(frame["path"]), columns=lince_stream.SCHEMA.names)
        yield found.astype({"page": "Int64"})


def main(source, out, size=10_000):
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.appName("lince").getOrCreate()
    spark.sparkContext.addPyFile(lince_stream.__file__)
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 16)
    for paths, target in lince_stream.parts(source, out, int(size)):
        images = spark.createDataFrame([(path,) for path in paths], "path string")
        tasks = images.repartition(spark.sparkContext.defaultParallelism)
        tasks.mapInPandas(read, SCHEMA).write.parquet(target)
        print(f"{len(paths)} images are in {out}")


if __name__ == "__main__":
    main(*sys.argv[1:])
