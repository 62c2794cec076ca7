//! A trained net as JSON, to be read by anything: its layers with their activations, weights and biases.

use serde_json::{Value, json};

use super::architecture::Architecture;

/// The net with these parameters: `{"format": "downhill-net/1", "inputs": …, "layers": [{"units": …, "activation": …,
/// "weight": [[…], …], "bias": […]}, …]}`, a row of `weight` for each unit. Numbers that are not finite are null.
pub fn to_json(net: &Architecture, parameters: &[f64]) -> Value {
    let layers: Vec<Value> = net
        .layers
        .iter()
        .enumerate()
        .map(|(k, layer)| {
            let weight = parameters.get(net.weight(k)).unwrap_or_default();
            let rows: Vec<&[f64]> = weight.chunks_exact(net.inputs_of(k).max(1)).collect();
            json!({
                "units": layer.units,
                "activation": layer.activation.to_string(),
                "weight": rows,
                "bias": parameters.get(net.bias(k)).unwrap_or_default(),
            })
        })
        .collect();
    json!({ "format": "downhill-net/1", "inputs": net.inputs, "layers": layers })
}
