//! Dense linear algebra of small matrices, row-major, as slices: symmetric eigenvalues, linear solves.
