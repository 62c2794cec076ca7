//! Rows of data by their numbers, and which of them are kept for testing.

use crate::nn::{Dataset, Features, Targets, Values};
use crate::num::stream::{Purpose, Stream};

/// The rows of these numbers, in this order; numbers that no row has are left out.
pub(super) fn select(data: &Dataset, rows: &[u32]) -> Dataset {
    fn of<T: Copy>(values: &[T], width: usize, rows: &[u32]) -> Vec<T> {
        let row = |&row: &u32| values.get(row as usize * width..(row as usize + 1) * width);
        rows.iter().filter_map(row).flatten().copied().collect()
    }
    let inputs = data.inputs();
    let values = match &data.features.values {
        Values::Numbers(values) => Values::Numbers(of(values, inputs, rows)),
        Values::Pixels(values) => Values::Pixels(of(values, inputs, rows)),
    };
    let targets = match &data.targets {
        Targets::Numbers { cols, values } => Targets::Numbers { cols: *cols, values: of(values, *cols, rows) },
        Targets::Classes { names, labels } => Targets::Classes { names: names.clone(), labels: of(labels, 1, rows) },
    };
    Dataset { features: Features { names: data.features.names.clone(), values }, targets }
}

/// The numbers of the rows to train with and of those to test with, each in ascending order. A share of `test` is kept
/// for testing, but never all. Each row draws a lot, and the lowest are kept: so most rows stay where they are when
/// there are more of them.
pub(super) fn hold_out(rows: usize, test: f64, seed: u64) -> (Vec<u32>, Vec<u32>) {
    let count = u32::try_from(rows).unwrap_or(u32::MAX);
    let kept = ((rows as f64 * test).round() as usize).min(rows.saturating_sub(1));
    if kept == 0 {
        return ((0..count).collect(), Vec::new());
    }
    let mut lots = vec![0.0; rows];
    Stream::new(seed, Purpose::Holdout).uniform(0, &mut lots);
    let mut order: Vec<u32> = (0..count).collect();
    order.sort_by(|&a, &b| lots[a as usize].total_cmp(&lots[b as usize]).then(a.cmp(&b)));
    let (tested, trained) = order.split_at_mut(kept);
    tested.sort_unstable();
    trained.sort_unstable();
    (trained.to_vec(), tested.to_vec())
}
