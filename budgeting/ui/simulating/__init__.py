"""Parts of the page Reallocate: what is moved, what that changes, what stands so far."""
