//! What is minimized: anything that can add its loss to a graph. Value, gradient and Hessian follow from the core.
