"""A small invented set of pages whose structure is known, and the score of what Lince says of them."""
