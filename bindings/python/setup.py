"""The compiled part, which pyproject.toml cannot name."""

from setuptools import setup

setup(cffi_modules=["build_native.py:builder"])
