//! The built-in surfaces against the reference numbers of `tests/data/surfaces.json`, and surfaces of typed formulas.

use std::collections::BTreeSet;
use std::sync::Arc;

use downhill::objective::{Evaluator, Objective as _};
use downhill::surface::{self, CriticalKind, Curvature, Nature, Surface, catalogue, categories, find, in_category};
use serde::Deserialize;

#[derive(Deserialize)]
struct References {
    surfaces: Vec<Reference>,
}

#[derive(Deserialize)]
struct Reference {
    id: String,
    formula: String,
    dimension: usize,
    domain: Vec<[f64; 2]>,
    tags: Vec<String>,
    points: Vec<Point>,
    minima: Vec<Critical>,
    maxima: Vec<Critical>,
    saddles: Vec<Critical>,
}

#[derive(Deserialize)]
struct Point {
    at: Vec<f64>,
    value: f64,
    gradient: Vec<f64>,
    hessian: Vec<Vec<f64>>,
    tol_value: f64,
    tol_gradient: Vec<f64>,
    tol_hessian: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct Critical {
    at: Vec<f64>,
    value: f64,
    kind: CriticalKind,
    hessian_eigenvalues: Option<Vec<f64>>,
}

fn references() -> Vec<Reference> {
    let file: References = serde_json::from_str(include_str!("../data/surfaces.json")).unwrap();
    file.surfaces
}

fn evaluator(surface: &Surface) -> Evaluator {
    Evaluator::new(Arc::new(surface.clone()))
}

#[test]
fn points_of_all_surfaces_agree_with_the_references() {
    let mut checked = 0;
    for reference in references() {
        let surface = find(&reference.id).unwrap();
        let mut evaluator = evaluator(surface);
        let n = surface.dimension;
        let (mut gradient, mut hessian) = (vec![0.0; n], vec![0.0; n * n]);
        for point in &reference.points {
            let place = format!("{} at {:?}", reference.id, point.at);
            let value = evaluator.hessian(&point.at, &mut gradient, &mut hessian);
            let close = |got: f64, want: f64, tol: f64, what: &str| {
                assert!((got - want).abs() <= tol, "{place}: {what} {got}, not {want}");
            };
            close(value, point.value, point.tol_value, "value");
            for i in 0..n {
                close(gradient[i], point.gradient[i], point.tol_gradient[i], "gradient");
                for j in 0..n {
                    close(hessian[i * n + j], point.hessian[i][j], point.tol_hessian[i][j], "Hessian");
                }
            }
            checked += 1;
        }
    }
    assert_eq!(checked, 960);
}

#[test]
fn evaluating_allocates_nothing_after_the_first_time() {
    let mut evaluator = evaluator(find("ackley").unwrap());
    let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
    let mut all = |at: &[f64]| {
        evaluator.value(at);
        evaluator.gradient(at, &mut gradient);
        evaluator.hessian(at, &mut gradient, &mut hessian)
    };
    all(&[1.0, 2.0]);
    let made = allocation_counter::measure(|| {
        all(&[0.5, 0.25]);
    });
    assert_eq!(made.count_total, 0);
}

#[test]
fn catalogue_says_what_the_references_say() {
    let references = references();
    assert_eq!(catalogue().len(), references.len());
    for reference in &references {
        let surface = find(&reference.id).unwrap();
        assert_eq!(surface.source, reference.formula);
        assert_eq!(surface.dimension, reference.dimension, "{}", reference.id);
        assert_eq!(surface.domain, reference.domain, "{}", reference.id);
        assert_eq!(surface.tags, reference.tags, "{}", reference.id);
        let same = |own: &[surface::Critical], theirs: &[Critical]| {
            assert_eq!(own.len(), theirs.len(), "{}", reference.id);
            for (a, b) in own.iter().zip(theirs) {
                assert_eq!((&a.at, a.value, a.kind), (&b.at, b.value, b.kind), "{}", reference.id);
            }
        };
        same(&surface.minima, &reference.minima);
        same(&surface.maxima, &reference.maxima);
        same(&surface.saddles, &reference.saddles);
    }
}

#[test]
fn critical_points_are_critical_and_curve_as_they_should() {
    let mut checked = 0;
    for reference in references() {
        let mut evaluator = evaluator(find(&reference.id).unwrap());
        for critical in reference.minima.iter().chain(&reference.maxima).chain(&reference.saddles) {
            let place = format!("{} at {:?}", reference.id, critical.at);
            let value = evaluator.value(&critical.at);
            assert!((value - critical.value).abs() <= 1e-9 * critical.value.abs().max(1.0), "{place}: {value}");
            let Some(eigenvalues) = &critical.hessian_eigenvalues else { continue };
            // Smooth there, but not the parts of their formulas: a root of 0, absolute values of 0.
            if ["dropwave", "huber"].contains(&reference.id.as_str()) {
                continue;
            }
            let curvature = Curvature::at(&mut evaluator, &critical.at);
            let stiff = eigenvalues.iter().fold(1.0_f64, |most, value| most.max(value.abs()));
            for slope in &curvature.gradient {
                assert!(slope.abs() <= 1e-12 * stiff * (1.0 + critical.at[0].abs()) + 1e-9, "{place}: slope {slope}");
            }
            for (got, want) in curvature.eigen.values.iter().zip(eigenvalues) {
                assert!((got - want).abs() <= 1e-8 * stiff, "{place}: eigenvalue {got}, not {want}");
            }
            let nature = match critical.kind {
                _ if eigenvalues.iter().all(|&value| value == 0.0) => Nature::Degenerate,
                CriticalKind::Global | CriticalKind::Local => Nature::Minimum,
                CriticalKind::Maximum => Nature::Maximum,
                CriticalKind::Saddle => Nature::Saddle,
            };
            assert_eq!(curvature.nature(), nature, "{place}");
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

/// Heavy-ball descent as PyTorch writes it; the losses of all steps.
fn example(surface: &Surface, steps: usize) -> Vec<f64> {
    let mut evaluator = evaluator(surface);
    let mut w = surface.start.clone();
    let (mut gradient, mut velocity) = (vec![0.0; w.len()], vec![0.0; w.len()]);
    let mut losses = Vec::new();
    for _ in 0..=steps {
        losses.push(evaluator.gradient(&w, &mut gradient));
        for ((v, g), x) in velocity.iter_mut().zip(&gradient).zip(&mut w) {
            *v = surface.momentum * *v + g;
            *x -= surface.lr * *v;
        }
    }
    losses
}

#[test]
fn prepared_examples_go_down_and_stay_finite() {
    for surface in catalogue() {
        let id = surface.id.as_deref().unwrap();
        for ([low, high], at) in surface.domain.iter().zip(&surface.start) {
            assert!(low <= at && at <= high, "{id} starts outside of its plot");
        }
        let losses = example(surface, 200);
        assert!(losses.iter().all(|loss| loss.is_finite()), "{id} leaves the finite numbers");
        let (first, last) = (losses[0], losses[200]);
        let lowest = surface.minima.first().map_or(last, |minimum| minimum.value);
        // Worth seeing: a good part of the way to the lowest point, or to another basin.
        assert!(last < first && first - last >= 0.15 * (first - lowest), "{id}: {first} to {last}");
    }
}

#[test]
fn prepared_examples_reach_what_their_lessons_say() {
    for (id, at) in [("book_curve", -2.186), ("tilted_double_well", -1.036), ("sine_parabola", -0.512)] {
        let surface = find(id).unwrap();
        let losses = example(surface, 400);
        let lowest = surface.minima[0].value;
        assert!((losses[400] - lowest).abs() < 1e-3, "{id}: {}", losses[400]);
        assert!((surface.minima[0].at[0] - at).abs() < 1e-3, "{id}");
    }
}

#[test]
fn texts_are_whole_and_ids_are_one_of_a_kind() {
    let mut ids = BTreeSet::new();
    let headings: Vec<&str> = categories().iter().map(|category| category.id.as_str()).collect();
    for surface in catalogue() {
        let id = surface.id.as_deref().unwrap();
        assert!(ids.insert(id), "{id} twice");
        assert!(headings.contains(&surface.category.as_deref().unwrap()), "{id}: no such category");
        for text in [&surface.name, &surface.lesson].into_iter().chain(&surface.note) {
            let hangul = |c: char| ('가'..='힣').contains(&c);
            assert!(!text.en.trim().is_empty() && !text.en.contains(hangul), "{id}: {}", text.en);
            assert!(text.ko.contains(hangul), "{id}: {}", text.ko);
        }
        for lesson in [&surface.lesson.en, &surface.lesson.ko] {
            assert!(lesson.ends_with('.') && lesson.chars().count() > 40, "{id}: {lesson}");
        }
    }
    let in_menus: Vec<_> = headings.iter().flat_map(|heading| in_category(heading)).map(|s| &s.id).collect();
    assert_eq!(in_menus, catalogue().iter().map(|surface| &surface.id).collect::<Vec<_>>(), "the file's order");
    assert!(in_category("curves").all(|surface| surface.dimension == 1) && catalogue()[0].dimension == 1);
}

#[test]
fn unknown_ids_get_suggestions() {
    let error = find("rosenbrok").unwrap_err();
    assert_eq!((error.id.as_str(), error.suggestions.first().map(String::as_str)), ("rosenbrok", Some("rosenbrock")));
    assert!(find("Himmelblau").unwrap_err().suggestions.contains(&"himmelblau".to_owned()));
    assert!(find("xqzv").unwrap_err().suggestions.is_empty());
}

#[test]
fn typed_formulas_are_curves_or_surfaces() {
    for (text, dim, want) in [
        ("x^2", None, 1),
        ("x^2", Some(2), 2),
        ("x*y", None, 2),
        ("y^2", None, 2),
        ("3", None, 1),
        ("param a = 2\na*x^2 + y^2", None, 2),
    ] {
        let surface = Surface::from_formula(text, dim).unwrap();
        assert_eq!(surface.dimension, want, "{text}");
        assert_eq!((surface.domain.len(), surface.start.len(), surface.variables.len()), (want, want, want));
    }
    assert!(Surface::from_formula("x*y", Some(1)).is_err());
    let problems = Surface::from_formula("sine(x)", None).unwrap_err();
    assert_eq!((problems[0].span.start, problems[0].suggestion.as_deref()), (0, Some("sin")));
}

#[test]
fn parameters_are_values() {
    let mut surface = Surface::from_formula("param a = 2\na*x^2", None).unwrap();
    assert_eq!(surface.param("a"), Some(2.0));
    assert_eq!(evaluator(&surface).value(&[3.0]), 18.0);
    assert!(surface.set_param("a", 0.5) && !surface.set_param("b", 1.0));
    assert_eq!(evaluator(&surface).value(&[3.0]), 4.5);
}

#[test]
fn typed_formulas_get_a_range_a_start_and_a_rate_that_fit() {
    for (text, range) in [
        ("x^2", [-5.0, 5.0]),
        ("ln(x)", [0.0, 5.0]),
        ("sqrt(4 - x^2)", [-2.0, 2.0]),
        ("1/x", [-5.0, 5.0]),
        ("ln(-1 - x^2)", [-5.0, 5.0]),
    ] {
        let [low, high] = Surface::from_formula(text, None).unwrap().domain[0];
        assert!((low - range[0]).abs() < 0.06 && (high - range[1]).abs() < 0.06, "{text}: {low}..{high}");
    }
    for text in ["x^2", "1000*x^2 + y^2", "0.001*x^2", "x*y", "ln(x^2 + y^2)", "exp(exp(x))", "abs(x) + abs(y)", "7"] {
        let surface = Surface::from_formula(text, None).unwrap();
        let (mut evaluator, mut gradient) = (evaluator(&surface), vec![0.0; surface.dimension()]);
        assert!(evaluator.gradient(&surface.start, &mut gradient).is_finite(), "{text}");
        assert!(surface.lr > 0.0 && surface.lr <= 1.0, "{text}: {}", surface.lr);
        for (slope, [low, high]) in gradient.iter().zip(&surface.domain) {
            assert!((surface.lr * slope).abs() <= 0.3 * (high - low), "{text}: the first step leaves the plot");
        }
    }
}

#[test]
fn curvature_tells_the_stable_rate() {
    let curvature = Curvature::at(&mut evaluator(find("ellipse100").unwrap()), &[1.0, 1.0]);
    assert_eq!(curvature.eigen.values, [1.0, 100.0]);
    assert_eq!((curvature.condition(), curvature.stable_rate(0.0)), (Some(100.0), Some(0.02)));
    assert_eq!(curvature.stable_rate(0.9), Some(0.038));
    let saddle = Curvature::at(&mut evaluator(find("saddle").unwrap()), &[0.0, 0.0]);
    assert_eq!((saddle.nature(), saddle.condition()), (Nature::Saddle, None));
}
