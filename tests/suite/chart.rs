//! Charts say what the numbers say: contour lines lie on their level, scales keep their order, ticks are round, curves
//! show kinks and cliffs, long paths lose nothing that can be seen, the ball rests on its curve.

use downhill::chart::arrow::edge_mark;
use downhill::chart::ball::{ease, position, rest, tangent};
use downhill::chart::cache::Request;
use downhill::chart::contour::contours;
use downhill::chart::label::labels;
use downhill::chart::levels::levels;
use downhill::chart::path::decimate;
use downhill::chart::ticks::{log_ticks, nice_step, short, ticks};
use downhill::chart::{Arrow, ContourCache, Curve, Field, Point, Sampler, Tone, ToneKind, View};
use downhill::num::elem;
use proptest::prelude::*;

const SQUARE: View = View { x: [-2.0, 2.0], y: [-2.0, 2.0] };

fn field(view: View, size: [usize; 2], f: impl Fn(f64, f64) -> f64) -> Field {
    Field::sample(view, size, |xs, ys, out| out.iter_mut().enumerate().for_each(|(i, v)| *v = f(xs[i], ys[i])))
}

fn length([x, y]: Point) -> f64 {
    (x * x + y * y).sqrt()
}

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1]]
}

/// The distance from a point to a segment.
fn to_segment(p: Point, a: Point, b: Point) -> f64 {
    let (d, q) = (minus(b, a), minus(p, a));
    let along = ((q[0] * d[0] + q[1] * d[1]) / (d[0] * d[0] + d[1] * d[1]).max(1e-300)).clamp(0.0, 1.0);
    length(minus(q, [d[0] * along, d[1] * along]))
}

/// The number that a label says.
fn read(label: &str) -> f64 {
    let plain: String = label
        .chars()
        .map(|c| match c {
            '−' | '⁻' => '-',
            _ => "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip('0'..='9').find(|(sup, _)| *sup == c).map_or(c, |(_, digit)| digit),
        })
        .collect();
    let text = match label != plain.replace('-', "−") {
        true if plain.contains('×') => plain.replace("×10", "e"),
        true => plain.replacen("10", "1e", 1),
        false => plain,
    };
    text.parse().unwrap_or_else(|_| panic!("{label} reads {text}"))
}

#[test]
fn contours_of_a_bowl_are_closed_circles() {
    let bowl = field(SQUARE, [200, 200], |x, y| x * x + y * y);
    for contour in contours(&bowl, &[0.25, 1.0, 3.0]) {
        let [line] = &contour.lines[..] else { panic!("one circle at {}, not {}", contour.level, contour.lines.len()) };
        assert!(line.closed);
        let radius = contour.level.sqrt();
        let mut thin = line.clone();
        thin.thin(&bowl, 0.05);
        assert!(thin.closed && thin.points.len() * 5 < line.points.len() * 2, "{} points", thin.points.len());
        let corners: Vec<_> = thin.points.iter().chain(&thin.points[..1]).copied().collect();
        let off = |p: &Point| corners.windows(2).map(|w| to_segment(*p, w[0], w[1])).fold(f64::INFINITY, f64::min);
        assert!(line.points.iter().all(|p| off(p) < 0.051 * 4.0 / 199.0), "nothing that can be seen is lost");
        let worst = line.points.iter().map(|p| (length(*p) - radius).abs()).fold(0.0, f64::max);
        assert!(worst < 1.2e-4, "a circle of radius {radius} is off by {worst:e}");
        let area: f64 = (0..line.points.len())
            .map(|k| (line.points[k], line.points[(k + 1) % line.points.len()]))
            .map(|(a, b)| 0.5 * (a[0] * b[1] - a[1] * b[0]))
            .sum();
        assert!((area + std::f64::consts::PI * contour.level).abs() < 0.002, "higher ground on the left: clockwise");
    }
    // Level 7 passes the corners only: four open lines that end on the rim.
    let corners = &contours(&bowl, &[7.0])[0].lines;
    assert_eq!(corners.len(), 4);
    for line in corners {
        assert!(!line.closed);
        for end in [line.points[0], line.points[line.points.len() - 1]] {
            assert!(end.iter().any(|v| v.abs() == 2.0), "{end:?} lies on the rim");
        }
    }
}

#[test]
fn a_saddle_is_split_by_its_center_value() {
    // One cell, ambiguous: its center decides which corners belong together.
    let cell = |center: f64| Field {
        size: [2, 2],
        view: View { x: [0.0, 1.0], y: [0.0, 1.0] },
        values: vec![1.0 + center, -1.0, -1.0, 1.0 + center],
    };
    for (center, together) in [(0.5, true), (-0.5, false)] {
        let lines = &contours(&cell(center), &[0.0])[0].lines;
        assert_eq!(lines.len(), 2);
        // Lines around the low corner at (1, 0) when the high ones hang together, else around the high one at (0, 0).
        let around = |corner: Point| lines.iter().any(|l| l.points.iter().all(|p| length(minus(*p, corner)) < 0.7));
        assert_eq!((around([1.0, 0.0]), around([0.0, 0.0])), (together, !together), "center {center}");
    }
    let saddle = field(SQUARE, [201, 201], |x, y| x * x - y * y);
    for contour in contours(&saddle, &[-1.0, 0.5]) {
        assert_eq!(contour.lines.len(), 2, "two branches at {}", contour.level);
        let worst =
            contour.lines.iter().flat_map(|l| &l.points).map(|p| (p[0] * p[0] - p[1] * p[1] - contour.level).abs());
        assert!(worst.fold(0.0, f64::max) < 2e-4);
    }
}

#[test]
fn contours_stop_where_there_is_no_value() {
    let hole = field(SQUARE, [101, 101], |x, y| {
        if x > 0.0 {
            f64::NAN
        } else if y > 1.5 {
            f64::INFINITY
        } else {
            x * x + y * y
        }
    });
    let lines = &contours(&hole, &[1.0, f64::NAN])[0].lines;
    assert_eq!(lines.len(), 1);
    assert!(!lines[0].closed && lines[0].points.iter().all(|p| p[0] <= 0.0 && p[0].is_finite() && p[1].is_finite()));
    assert!(contours(&field(SQUARE, [9, 9], |_, _| f64::NAN), &[0.0])[0].lines.is_empty());
    // A level met exactly at the crossings of the grid is drawn once.
    let exact = &contours(&field(SQUARE, [5, 5], |x, _| x), &[1.0])[0].lines;
    assert_eq!(exact.len(), 1);
    assert!(exact[0].points.iter().all(|p| p[0] == 1.0) && exact[0].points.len() == 5);
}

proptest! {
    /// On any field: every line is closed or ends on the rim, and each edge that passes a level is met by one line.
    #[test]
    fn contour_lines_have_no_loose_ends(values in prop::collection::vec(-3i32..4, 49), level in -2.6..2.6f64) {
        let view = View { x: [0.0, 6.0], y: [0.0, 6.0] };
        let field = Field { size: [7, 7], view, values: values.iter().map(|v| f64::from(*v)).collect() };
        let lines = &contours(&field, &[level])[0].lines;
        for line in lines.iter().filter(|l| !l.closed) {
            for end in [line.points[0], line.points[line.points.len() - 1]] {
                prop_assert!(end.iter().any(|v| *v == 0.0 || *v == 6.0), "{end:?}");
            }
        }
        let crossed = (0..7).flat_map(|j| (0..7).map(move |i| (i, j))).map(|(i, j)| {
            let passes = |a: f64, b: f64| usize::from((a >= level) != (b >= level));
            (if i < 6 { passes(field.at(i, j), field.at(i + 1, j)) } else { 0 })
                + (if j < 6 { passes(field.at(i, j), field.at(i, j + 1)) } else { 0 })
        }).sum::<usize>();
        // Points that coincide in a crossing of the grid are one, hence at most.
        let points = lines.iter().map(|l| l.points.len()).sum::<usize>();
        prop_assert!(points <= crossed && (level.fract() == 0.0 || points == crossed), "{points} of {crossed}");
    }

    #[test]
    fn a_tone_keeps_the_order_and_can_be_inverted(mut values in prop::collection::vec(-1e6..1e6f64, 2..200), log in any::<bool>()) {
        values.extend([f64::NAN, f64::INFINITY]);
        let n = values.len();
        let tone = Tone::of(&Field { size: [n, 1], view: SQUARE, values: values.clone() }, if log { ToneKind::Log } else { ToneKind::Linear });
        let mut sorted = values;
        sorted.retain(|v| v.is_finite());
        sorted.sort_by(f64::total_cmp);
        let units: Vec<f64> = sorted.iter().map(|v| tone.unit(*v)).collect();
        prop_assert!(units.windows(2).all(|w| w[0] <= w[1]) && units[0] == 0.0 && units.iter().all(|u| (0.0..=1.0).contains(u)));
        for k in 0..=10 {
            let u = f64::from(k) / 10.0;
            prop_assert!((tone.unit(tone.value(u)) - u).abs() < 1e-7, "{u}");
        }
        let found = levels(&tone, 12);
        prop_assert!(found.windows(2).all(|w| w[0] < w[1]) && found.iter().all(|v| *v > tone.low && *v < tone.high));
        prop_assert!(found.len() <= 30, "{} levels for 12", found.len());
    }

    /// What is left out cannot be seen: every point lies within the tolerance of the piece drawn for it.
    #[test]
    fn a_decimated_path_stays_within_its_tolerance(steps in prop::collection::vec((-9.0..9.0f64, -9.0..9.0f64), 2..300), smooth in 0.0..1.0f64) {
        let (mut at, mut velocity, mut path) = ([0.0, 0.0], [0.0, 0.0], Vec::new());
        for (dx, dy) in steps {
            velocity = [smooth * velocity[0] + (1.0 - smooth) * dx, smooth * velocity[1] + (1.0 - smooth) * dy];
            at = [at[0] + 0.1 * velocity[0], at[1] + 0.1 * velocity[1]];
            path.push(at);
        }
        let view = View { x: [-1e9, 1e9], y: [-1e9, 1e9] };
        let (scale, tolerance) = ([2.0, 3.0], 0.5);
        let pixels = |k: usize| [path[k][0] * scale[0], path[k][1] * scale[1]];
        let pieces = decimate(&path, view, scale, tolerance);
        prop_assert_eq!(pieces.len(), 1);
        let kept = &pieces[0];
        prop_assert!(kept[0] == 0 && kept[kept.len() - 1] == path.len() - 1 && kept.windows(2).all(|w| w[0] < w[1]));
        for pair in kept.windows(2) {
            for k in pair[0]..=pair[1] {
                let off = to_segment(pixels(k), pixels(pair[0]), pixels(pair[1]));
                prop_assert!(off <= tolerance * 1.0001, "point {k} is {off} off");
            }
        }
    }

    #[test]
    fn ticks_are_round_inside_and_not_too_many(low in -1e4..1e4f64, exponent in -6i32..6, most in 2usize..15) {
        let high = low + 10f64.powi(exponent) * 1.37;
        let marks = ticks(low, high, most);
        prop_assert!(marks.len() <= most, "{} of {most}", marks.len());
        let step = if marks.len() > 1 { marks[1].value - marks[0].value } else { high - low };
        for mark in &marks {
            prop_assert!(mark.value >= low - 1e-9 * step && mark.value <= high + 1e-9 * step);
            let back = read(&mark.label);
            prop_assert!((back - mark.value).abs() <= 1e-9 * mark.value.abs().max(step), "{} reads {}", mark.value, mark.label);
        }
        prop_assert!(marks.windows(2).all(|w| w[0].label != w[1].label));
    }
}

#[test]
fn a_smooth_path_needs_few_points() {
    let spiral: Vec<Point> = (0..20_000)
        .map(|k| f64::from(k) * 0.002)
        .map(|t| {
            let r = 100.0 * elem::exp(-t * 0.1);
            [r * elem::cos(t), r * elem::sin(t)]
        })
        .collect();
    let view = View { x: [-200.0, 200.0], y: [-200.0, 200.0] };
    let kept = decimate(&spiral, view, [1.0, 1.0], 0.25);
    assert!(kept[0].len() < 400, "{} points", kept[0].len());
    // A zigzag is all corners: nothing goes.
    let zigzag: Vec<Point> = (0..100).map(|k| [f64::from(k), if k % 2 == 0 { 5.0 } else { -5.0 }]).collect();
    assert_eq!(decimate(&zigzag, view, [1.0, 1.0], 0.25)[0].len(), 100);
    // A resting ball is two points, wherever it rests; what is not finite or out of sight parts the path.
    assert_eq!(decimate(&[[3.0, 3.0]; 5000], view, [1.0, 1.0], 0.25), [[0, 4999]]);
    let broken =
        [[0.0, 0.0], [1.0, 0.0], [f64::NAN, 0.0], [0.0, 1.0], [0.0, 2.0], [0.0, 900.0], [9.0, 900.0], [9.0, 0.0]];
    assert_eq!(decimate(&broken, view, [1.0, 1.0], 0.25), [vec![0, 1], vec![3, 5], vec![6, 7]]);
}

#[test]
fn levels_are_round_numbers() {
    let view = View { x: [-2.0, 2.0], y: [-1.0, 3.0] };
    let rosenbrock = field(view, [200, 200], |x, y| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x));
    let found = levels(&Tone::of(&rosenbrock, ToneKind::Log), 12);
    assert!((8..=20).contains(&found.len()), "{found:?}");
    assert!([1.0, 10.0, 100.0, 1000.0].iter().all(|v| found.contains(v)), "{found:?}");
    assert!(found.iter().all(|v| short(*v, 2).replace('×', "").parse::<f64>().is_ok_and(|r| r == *v)), "{found:?}");
    let bowl = field(SQUARE, [50, 50], |x, y| x * x + y * y);
    assert_eq!(levels(&Tone::of(&bowl, ToneKind::Linear), 6), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    // A minimum far below zero is ringed as closely as one at zero.
    let deep = field(SQUARE, [50, 50], |x, y| x * x + y * y - 837.97);
    let rings = levels(&Tone::of(&deep, ToneKind::Log), 12);
    assert!(rings.len() >= 5 && rings[0] < -837.5, "{rings:?}");
    // Nothing to see is no reason to fail.
    assert!(levels(&Tone::of(&field(SQUARE, [5, 5], |_, _| f64::NAN), ToneKind::Log), 5).len() <= 10);
    assert_eq!(Tone::of(&field(SQUARE, [5, 5], |_, _| 3.0), ToneKind::Log).unit(3.0), 0.0);
}

#[test]
fn labels_stand_on_their_lines_apart_and_upright() {
    let view = View { x: [-2.0, 2.0], y: [-2.0, 2.0] };
    let f = |x: f64, y: f64| x * x + 2.0 * y * y;
    let bowl = field(view, [200, 200], f);
    let lines = contours(&bowl, &[0.01, 0.5, 1.0, 2.0, 4.0, 6.0]);
    let found = labels(&lines, view, [150.0, 150.0], |text| 7.0 * text.len() as f64);
    assert!((3..=10).contains(&found.len()), "{found:?}");
    for (k, label) in found.iter().enumerate() {
        let level = lines[label.contour].level;
        assert_eq!(label.text, short(level, 3));
        assert!(level > 0.02, "a ring smaller than its number has none");
        assert!((f(label.at[0], label.at[1]) - level).abs() < 0.01 * level.max(1.0));
        assert!(label.angle.abs() <= std::f64::consts::FRAC_PI_2);
        assert!(label.at.iter().all(|v| v.abs() < 1.95));
        let slope = -label.at[0] / (2.0 * label.at[1]);
        assert!((label.angle - elem::atan(slope)).abs() < 0.1, "along the line: {label:?}");
        assert!(found[..k].iter().all(|other| length(minus(label.at, other.at)) * 150.0 > 20.0));
    }
}

#[test]
fn ticks_read_as_people_write_them() {
    let words = |low, high, most| ticks(low, high, most).into_iter().map(|t| t.label).collect::<Vec<_>>();
    assert_eq!(words(-2.0, 2.0, 5), ["−2", "−1", "0", "1", "2"]);
    assert_eq!(
        words(0.0, 1.0, 6),
        ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map(|s| if s == "0.0" { "0" } else { s })
    );
    assert_eq!(words(-0.31, 0.32, 4), ["−0.2", "0", "0.2"]);
    assert_eq!(words(0.0, 3e7, 4), ["0", "10⁷", "2×10⁷", "3×10⁷"]);
    assert_eq!(words(1.0, 1.0, 5), [""; 0]);
    assert_eq!(words(f64::NAN, 1.0, 5), [""; 0]);
    let decades = |low, high, most| {
        log_ticks(low, high, most).into_iter().filter(|t| t.major).map(|t| t.label).collect::<Vec<_>>()
    };
    assert_eq!(decades(1e-4, 10.0, 8), ["10⁻⁴", "10⁻³", "0.01", "0.1", "1", "10"]);
    assert!((3..=6).contains(&decades(1e-30, 1.0, 6).len()));
    assert!(log_ticks(1e-3, 1e2, 8).iter().filter(|t| !t.major).all(|t| t.label.is_empty()));
    assert!(log_ticks(0.0, 1.0, 5).is_empty() && !log_ticks(1.0, 5.0, 5).is_empty());
    assert_eq!([0.0011, 0.1, 3.0, 700.0].map(nice_step), [0.002, 0.1, 5.0, 1000.0]);
    let shorts = [0.0, -0.05, 12.3456, 9.9996, 1234.5, 3.2e7, 1e-5, -1e100, f64::NAN, f64::NEG_INFINITY];
    let read = ["0", "−0.05", "12.3", "10", "1234", "3.2×10⁷", "10⁻⁵", "−10¹⁰⁰", "nan", "−∞"];
    assert_eq!(shorts.map(|v| short(v, 3)), read);
}

fn curve(range: [f64; 2], scale: [f64; 2], f: impl Fn(f64) -> f64) -> Curve {
    Curve::sample(range, scale, |xs, ys| xs.iter().zip(ys).for_each(|(x, y)| *y = f(*x)))
}

#[test]
fn a_curve_shows_kinks_and_cliffs_and_gaps() {
    let scale = [100.0, 100.0];
    // A kink between two even samples is drawn as a point, to a fraction of a pixel.
    let kink = curve([-4.0, 4.1], scale, |x| (x - 0.012_345).abs());
    assert!(kink.pieces[0].iter().any(|p| p[1] * scale[1] < 0.3) && kink.pieces.len() == 1);
    // A narrow well of 3 pixels.
    let well = curve([-4.0, 4.0], scale, |x| -elem::exp(-(x - 1.0) * (x - 1.0) * 1e4));
    assert!(well.range.unwrap()[0] < -0.99, "{:?}", well.range);
    // A cliff breaks the line at its place, a pole too; a steep wall does not.
    let cliff = curve([-4.0, 4.0], scale, |x| if x < 0.3 { 0.0 } else { 1.0 });
    assert_eq!(cliff.pieces.len(), 2);
    assert!((cliff.pieces[0].last().unwrap()[0] - 0.3).abs() < 1e-4 && (cliff.pieces[1][0][0] - 0.3).abs() < 1e-4);
    assert_eq!(curve([-4.0, 4.0], scale, |x| 1.0 / (x - 0.1)).pieces.len(), 2);
    assert_eq!(curve([-4.0, 4.0], scale, |x| elem::exp(5.0 * x)).pieces.len(), 1);
    assert_eq!(curve([-4.0, 4.0], scale, |x| elem::tanh(300.0 * x)).pieces.len(), 1);
    assert_eq!(curve([-4.0, 4.0], scale, |x| x.abs().sqrt()).pieces.len(), 1);
    // Where it has no value it has no line; the rim is found.
    let gap = curve([-4.0, 4.0], scale, |x| if x.abs() < 1.234 { f64::NAN } else { x });
    assert_eq!(gap.pieces.len(), 2);
    assert!((gap.pieces[0].last().unwrap()[0] + 1.234).abs() < 1e-3);
    assert_eq!(curve([-4.0, 4.0], scale, |_| f64::NAN), Curve::default());
    assert_eq!(curve([1.0, 1.0], scale, |x| x), Curve::default());
    // A smooth one is close everywhere, with few points; a wild one ends.
    let smooth = curve([-4.0, 4.0], scale, |x| elem::sin(3.0 * x) + 0.1 * x * x);
    assert!(smooth.pieces[0].len() < 1000);
    for pair in smooth.pieces[0].windows(2) {
        let x = 0.5 * (pair[0][0] + pair[1][0]);
        let y = 0.5 * (pair[0][1] + pair[1][1]);
        assert!((elem::sin(3.0 * x) + 0.1 * x * x - y).abs() * scale[1] < 0.6);
    }
    assert!(curve([-4.0, 4.0], scale, |x| elem::sin(1e9 * x)).pieces.iter().map(Vec::len).sum::<usize>() <= 20_001);
}

#[test]
fn the_ball_rests_on_the_curve() {
    let (scale, radius) = ([80.0, 50.0], 9.0);
    let check = |f: &dyn Fn(f64) -> f64, slope: &dyn Fn(f64) -> f64, x: f64| {
        let curve = curve([-4.0, 4.0], scale, f);
        let at = [x, f(x)];
        let ball = rest(&curve, at, slope(x), scale, radius);
        let center = [at[0] * scale[0] + ball.center[0], at[1] * scale[1] + ball.center[1]];
        let pixels = |p: Point| [p[0] * scale[0], p[1] * scale[1]];
        let gap =
            curve.pieces.iter().flat_map(|p| p.windows(2)).map(|w| to_segment(center, pixels(w[0]), pixels(w[1])));
        let gap = gap.fold(f64::INFINITY, f64::min);
        assert!((gap - radius).abs() < 0.1, "the curve is {gap} from the center at {x}");
        ball
    };
    for k in -30..=30 {
        let x = f64::from(k) / 10.0;
        let wide = check(&|x| 0.2 * x * x, &|x| 0.4 * x, x);
        assert!(wide.touches && (length(wide.center) - radius).abs() < 0.05);
        check(&|x| elem::sin(3.0 * x) + 0.1 * x * x, &|x| 3.0 * elem::cos(3.0 * x) + 0.2 * x, x);
    }
    // A slit narrower than the ball: it hangs between the walls.
    let slit = check(&|x| 40.0 * x * x, &|x| 80.0 * x, 0.0);
    assert!(!slit.touches && slit.center[1] > radius);
    let flat = rest(&Curve::default(), [0.0, 0.0], f64::NAN, scale, radius);
    assert_eq!(flat.center, [0.0, radius]);
}

#[test]
fn the_ball_rolls_through_its_iterates() {
    let path = [[0.0, 0.0], [1.0, 2.0], [f64::NAN, 0.0]];
    assert_eq!(position(&path, 1.0, true), Some([1.0, 2.0]));
    assert_eq!(position(&path, 0.5, true), Some([0.5, 1.0]));
    assert_eq!(position(&path, 0.25, false), Some([0.25, 0.5]));
    assert!(position(&path, 0.25, true).unwrap()[0] < 0.25, "it starts slowly");
    assert_eq!(position(&path, 1.7, false), Some([1.0, 2.0]), "it does not set out for nan");
    assert_eq!(position(&[], 0.0, true), None);
    assert_eq!(position(&path[..2], 99.0, true), Some([1.0, 2.0]));
    assert_eq!([0.0, 0.5, 1.0].map(ease), [0.0, 0.5, 1.0]);
    let [a, b] = tangent([1.0, 1.0], 2.0, [10.0, 5.0], 20.0);
    assert!(((b[1] - a[1]) / (b[0] - a[0]) - 2.0).abs() < 1e-12);
    assert!((length([(b[0] - a[0]) * 10.0, (b[1] - a[1]) * 5.0]) - 40.0).abs() < 1e-9);
}

#[test]
fn arrows_have_heads_and_the_rim_points_outside() {
    let arrow = Arrow::new([0.0, 0.0], [30.0, 0.0], 9.0).unwrap();
    assert_eq!(arrow.head[0], [30.0, 0.0]);
    assert!(arrow.shaft[1][0] > 21.0 && arrow.shaft[1][0] < 30.0);
    let small = Arrow::new([0.0, 0.0], [0.0, 3.0], 9.0).unwrap();
    assert!(small.head[1][1] >= 1.0 - 1e-12, "a short arrow has a short head");
    assert!(
        Arrow::new([1.0, 1.0], [1.0, 1.0], 9.0).is_none() && Arrow::new([0.0, 0.0], [f64::NAN, 1.0], 9.0).is_none()
    );
    let mark = |p| edge_mark([0.0, 0.0], [100.0, 50.0], p, 5.0);
    assert_eq!(mark([50.0, 25.0]), None);
    assert_eq!(mark([f64::NAN, 900.0]), None);
    let right = mark([1e9, 25.0]).unwrap();
    assert_eq!((right.at, right.toward), ([95.0, 25.0], [1.0, 0.0]));
    assert_eq!(mark([f64::INFINITY, 3.0]).unwrap().toward, [1.0, 0.0]);
    let corner = mark([f64::NEG_INFINITY, f64::NEG_INFINITY]).unwrap();
    assert!(corner.at[1] == 5.0 && corner.toward[0] < 0.0 && corner.toward[0] == corner.toward[1]);
    assert!(mark([1e300, -1e300]).unwrap().at.iter().all(|v| (0.0..=100.0).contains(v)));
}

#[test]
fn maps_are_made_again_only_when_surface_or_view_change() {
    let mut cache = ContourCache::default();
    let first = Request { revision: 1, view: SQUARE, size: [40, 40], kind: ToneKind::Log, levels: 8 };
    let mut look = |request: Request| {
        let map = cache.map(request, |view, size| field(view, size, |x, y| x * x + y * y));
        assert_eq!((map.field.size, map.field.view), (request.size, request.view));
        assert!(!map.contours.is_empty());
        cache.work()
    };
    assert_eq!(look(first), (1, 1));
    assert_eq!(look(first), (1, 1), "nothing changed");
    assert_eq!(look(Request { levels: 12, ..first }), (1, 2), "more levels of the same samples");
    assert_eq!(look(Request { kind: ToneKind::Linear, ..first }), (1, 3));
    assert_eq!(look(Request { revision: 2, kind: ToneKind::Linear, ..first }), (2, 4), "another surface");
    assert_eq!(look(Request { revision: 2, view: SQUARE.grown(0.1), ..first }), (3, 5), "another view");
}

struct Bowl;

impl downhill::objective::Objective for Bowl {
    fn dimension(&self) -> usize {
        2
    }

    fn build(
        &self,
        graph: &mut downhill::autodiff::Graph,
        w: &[downhill::autodiff::NodeId],
    ) -> downhill::autodiff::NodeId {
        let (a, b) = (graph.mul(w[0], w[0]), graph.mul(w[1], w[1]));
        let three = graph.constant(3.0);
        let b = graph.mul(three, b);
        graph.add(a, b)
    }
}

#[test]
fn a_loss_is_sampled_by_the_core() {
    let mut sampler = Sampler::new(&Bowl);
    let view = View { x: [-1.0, 2.0], y: [0.0, 1.0] };
    let sampled = sampler.field(view, [31, 11]);
    assert_eq!(sampled, field(view, [31, 11], |x, y| x * x + 3.0 * (y * y)));
    assert_eq!((sampled.at(30, 10), sampled.position(30.0, 10.0)), (7.0, [2.0, 1.0]));
    assert!(sampled.at(31, 0).is_nan() && sampled.at(0, 11).is_nan());
    assert_eq!(sampler.value(&[1.0, 2.0]), 13.0);
    let mut out = [0.0; 2];
    sampler.values(&[&[1.0, 2.0]], &mut out);
    assert_eq!(out, [1.0, 4.0], "missing parameters are zeros");
}
