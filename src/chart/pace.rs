//! The rates of a run over its steps as a small curve: few points however long the run, on a logarithmic axis where the
//! rates span decades.

use crate::num::elem;

/// The rates, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Pace {
    /// The number of the update, from 0, and its rate.
    pub points: Vec<[f64; 2]>,
    /// The lowest and the highest rate that is drawn, never equal.
    pub range: [f64; 2],
    /// Whether equal ratios are equally far apart; then the range is positive.
    pub log: bool,
}

/// The highest rate over the middle one from which on the axis is logarithmic.
const DECADES: f64 = 30.0;

impl Pace {
    /// The rates of all updates in at most about `columns` places, the extremes of each place kept. None without a finite
    /// rate.
    pub fn new(rates: &[f64], columns: usize) -> Option<Self> {
        let mut sorted: Vec<f64> = rates.iter().copied().filter(|rate| rate.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (&low, &high) = (sorted.first()?, sorted.last()?);
        // Steps at rest say nothing about decades.
        let positive = &sorted[sorted.partition_point(|rate| *rate <= 0.0)..];
        let log = low >= 0.0 && positive.get(positive.len() / 2).is_some_and(|middle| high / middle > DECADES);
        let low = if log { positive[0] } else { low.min(0.0) };
        let high = if high > low { high } else { low + low.abs().max(1e-12) };
        Some(Self { points: thin(rates, columns.max(1)), range: [low, high], log })
    }

    /// How high a rate stands, 0 at the low end of the range and 1 at the high end; beyond it at the ends.
    pub fn height(&self, rate: f64) -> f64 {
        let [low, high] = self.range;
        let share = if !self.log {
            (rate - low) / (high - low)
        } else if rate > 0.0 {
            elem::ln(rate / low) / elem::ln(high / low)
        } else {
            0.0
        };
        if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
    }
}

/// The first, the least, the greatest and the last of each place, in their order.
fn thin(rates: &[f64], columns: usize) -> Vec<[f64; 2]> {
    let each = rates.len().div_ceil(columns).max(1);
    let mut points = Vec::with_capacity(rates.len().min(4 * columns));
    for (place, chunk) in rates.chunks(each).enumerate() {
        let by = |a: &(usize, &f64), b: &(usize, &f64)| a.1.total_cmp(b.1);
        let finite = || chunk.iter().enumerate().filter(|(_, rate)| rate.is_finite());
        let ends = [finite().next(), finite().min_by(by), finite().max_by(by), finite().next_back()];
        let mut kept: Vec<(usize, f64)> = ends.into_iter().flatten().map(|(at, &rate)| (at, rate)).collect();
        kept.sort_by_key(|(at, _)| *at);
        kept.dedup_by_key(|(at, _)| *at);
        points.extend(kept.into_iter().map(|(at, rate)| [(place * each + at) as f64, rate]));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_points_keep_the_extremes_of_a_long_run() {
        let rates: Vec<f64> = (0..10_000).map(|t| if t == 7_777 { 5.0 } else { 1.0 / (1.0 + f64::from(t)) }).collect();
        let pace = Pace::new(&rates, 100).unwrap_or_else(|| panic!("finite"));
        assert!(pace.points.len() <= 400 && pace.points.contains(&[7_777.0, 5.0]) && pace.log);
        assert!(pace.points.windows(2).all(|pair| pair[0][0] < pair[1][0]));
        assert_eq!((pace.height(5.0), pace.height(rates[9_999]), pace.height(0.0)), (1.0, 0.0, 0.0));
    }

    #[test]
    fn the_axis_is_logarithmic_where_rates_span_decades() {
        let linear: Vec<f64> = (0..=100).map(|t| 0.1 * (1.0 - f64::from(t) / 100.0)).collect();
        let steps: Vec<f64> = (0..200).map(|t| 0.1 * elem::pow(0.1, f64::from(t / 30))).collect();
        assert_eq!(Pace::new(&linear, 100).map(|pace| (pace.log, pace.range)), Some((false, [0.0, 0.1])));
        assert_eq!(Pace::new(&steps, 100).map(|pace| pace.log), Some(true));
        let rest: Vec<f64> = linear.iter().copied().chain([0.0; 150]).collect();
        assert_eq!(Pace::new(&rest, 100).map(|pace| pace.log), Some(false), "most steps are at rest");
        for (rates, drawn) in [(vec![], false), (vec![f64::NAN], false), (vec![0.0], true), (vec![0.5; 9], true)] {
            let pace = Pace::new(&rates, 10);
            assert_eq!(pace.is_some(), drawn, "{rates:?}");
            assert!(pace.is_none_or(|pace| pace.range[0] < pace.range[1]));
        }
    }
}
