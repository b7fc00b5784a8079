# The compiled part: lince.h as cffi made it. The package gives all of it types.
from typing import Any

ffi: Any
lib: Any
