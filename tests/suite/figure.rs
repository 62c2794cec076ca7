//! Figures: every view in every theme and language is whole, legible and the same again; contour lines lie on their level;
//! the prepared figures are there in both languages.

use downhill::figure::{Figure, FigureError, Parts, Plotted, Request, ThemeName, View, find, presets};
use downhill::i18n::Lang;
use downhill::objective::Evaluator;
use downhill::scenario;
use downhill::scene::{Anchor, Item, Scene, Text, svg, width};
use downhill::session::{Command, Layer, Session};
use resvg::usvg::roxmltree;

/// A session of a scenario's text.
fn session(text: &str) -> Session {
    Session::open(scenario::read(text).unwrap()).unwrap()
}

fn race() -> Session {
    session(
        "version = 1\nsteps = 40\n[surface]\nid = 'rosenbrock'\n[picture]\nlosses = 'log'\n\
         [[racer]]\noptimizer = 'sgd'\nsettings = { lr = 0.0018, momentum = 0.9 }\n\
         [[racer]]\noptimizer = 'adam'\nsettings = { lr = 0.3 }\n[[racer]]\noptimizer = 'newton'\n",
    )
}

fn curve() -> Session {
    session(
        "version = 1\nsteps = 30\n[surface]\nid = 'book_curve'\n[[racer]]\noptimizer = 'sgd'\nsettings = { lr = 0.05, momentum = 0.9 }\n",
    )
}

/// A session that has a figure of a view.
fn shown(view: View) -> Session {
    match view {
        View::Curve | View::Basins | View::Sweep => curve(),
        View::Contour | View::Relief | View::Loss | View::Stability | View::Computation => race(),
    }
}

fn asked(view: View) -> Request {
    Request { density: 0.5, at: Some(12.0), ..Request::new(view) }
}

/// All texts of a scene.
fn texts(items: &[Item]) -> Vec<&Text> {
    let mut found = Vec::new();
    for item in items {
        match item {
            Item::Text(text) => found.push(text),
            Item::Group { items, .. } => found.extend(texts(items)),
            _ => {}
        }
    }
    found
}

/// The corners of what a text covers, a little within its ascent and descent.
fn corners(text: &Text) -> [[f64; 2]; 4] {
    let long = width(&text.text, text.size, text.weight);
    let left = match text.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -0.5 * long,
        Anchor::End => -long,
    };
    let (sine, cosine) = text.turn.to_radians().sin_cos();
    let place = |x: f64, up: f64| [text.at[0] + x * cosine - up * sine, text.at[1] - x * sine - up * cosine];
    let (low, high) = (-0.15 * text.size, 0.7 * text.size);
    [place(left, low), place(left + long, low), place(left + long, high), place(left, high)]
}

/// The upright rectangle around the corners: left, top, right, bottom.
fn bounds(text: &Text) -> [f64; 4] {
    let corners = corners(text);
    let least = |k: usize| corners.iter().map(|corner| corner[k]).fold(f64::INFINITY, f64::min);
    let most = |k: usize| corners.iter().map(|corner| corner[k]).fold(f64::NEG_INFINITY, f64::max);
    [least(0), least(1), most(0), most(1)]
}

/// What is wrong with the words of a scene: those that leave the page, and those that stand on each other.
fn clashes(scene: &Scene) -> Vec<String> {
    let texts = texts(&scene.items);
    let mut found = Vec::new();
    for (k, text) in texts.iter().enumerate() {
        let [left, top, right, bottom] = bounds(text);
        if left < 0.0 || top < 0.0 || right > scene.size[0] || bottom > scene.size[1] {
            found.push(format!("'{}' leaves the page: {:?} of {:?}", text.text, bounds(text), scene.size));
        }
        // Numbers on contour lines stand at an angle, in gaps that keep them apart.
        let upright = |text: &Text| text.turn == 0.0 || text.turn == 90.0;
        for other in texts[k + 1..].iter().filter(|other| upright(text) && upright(other)) {
            let [a, b, c, d] = bounds(other);
            if left < c && a < right && top < d && b < bottom {
                found.push(format!("'{}' and '{}' stand on each other", text.text, other.text));
            }
        }
    }
    found
}

#[test]
fn every_view_is_whole_in_every_theme_and_language() {
    for view in View::ALL {
        let session = shown(view);
        // What takes its time is drawn in each theme and each language, but not in each of both.
        let costly = matches!(view, View::Basins | View::Sweep | View::Stability | View::Relief);
        let all = ThemeName::ALL.into_iter().flat_map(|theme| Lang::ALL.map(|lang| (theme, lang)));
        let mut first: Option<String> = None;
        let map = matches!(view, View::Basins | View::Sweep);
        let taken = |k: usize| !costly || [0, 3].contains(&k) || (k == 4 && !map);
        for (_, (theme, lang)) in all.enumerate().filter(|(k, _)| taken(*k)) {
            let request = Request { theme, lang, ..asked(view) };
            let figure = Figure::new(&session, &request).unwrap_or_else(|error| panic!("{view:?}: {error}"));
            let scene = figure.scene();
            assert_eq!(scene.size, figure.size());
            assert_eq!(clashes(&scene), Vec::<String>::new(), "{view:?}, {theme:?}, {lang:?}");
            let file = svg(&scene);
            let tree = roxmltree::Document::parse(&file).unwrap_or_else(|error| panic!("{view:?}: {error}"));
            assert!(tree.descendants().any(|node| node.has_tag_name("text")), "{view:?}");
            assert_eq!(scene.about.scenario, scenario::write(session.document()));
            if first.is_none() {
                let again = svg(&Figure::new(&shown(view), &request).unwrap().scene());
                assert!(again == file, "{view:?} is another one the second time");
                first = Some(file);
            }
        }
    }
}

#[test]
fn a_figure_has_the_size_that_was_asked_for() {
    for view in [View::Curve, View::Contour, View::Relief, View::Loss, View::Stability, View::Computation] {
        let session = shown(view);
        for size in [[252.0, 200.0], [460.0, 300.0], [600.0, 900.0], [1440.0, 810.0]] {
            let request = Request { size: Some(size), ..asked(view) };
            let scene = Figure::new(&session, &request).unwrap().scene();
            assert_eq!(scene.size, size, "{view:?}");
            assert_eq!(clashes(&scene), Vec::<String>::new(), "{view:?} of {size:?}");
        }
        let request = Request { size: Some([60.0, 60.0]), ..asked(view) };
        assert!(matches!(Figure::new(&session, &request), Err(FigureError::Small(_))), "{view:?}");
    }
}

#[test]
fn parts_can_be_left_out() {
    let session = race();
    let words = |parts: Parts| -> String {
        let request = Request { parts, ..asked(View::Contour) };
        let scene = Figure::new(&session, &request).unwrap().scene();
        texts(&scene.items).iter().map(|text| format!("[{}]", text.text)).collect()
    };
    let all = words(Parts::default());
    let usual = Parts::default();
    for (part, parts) in [
        ("[Rosenbrock", Parts { title: false, ..usual }),
        ("[Adam, η = 0.3]", Parts { legend: false, ..usual }),
        ("step 12 of 40", Parts { caption: false, ..usual }),
        ("[y]", Parts { names: false, ..usual }),
        ("[−1]", Parts { ticks: false, ..usual }),
        ("[f(x, y)]", Parts { scale: false, ..usual }),
    ] {
        assert!(all.contains(part), "no {part} in {all}");
        assert!(!words(parts).contains(part), "still {part}");
    }
}

#[test]
fn the_layers_of_the_session_are_drawn() {
    for (view, layers) in [
        (View::Contour, vec![(Layer::CurvatureAxes, "λ₁ = "), (Layer::Gradient, "|∇f| = "), (Layer::Step, "|Δ| = ")]),
        (View::Curve, vec![(Layer::Approximation, "ε = "), (Layer::Approximation, "Δf = "), (Layer::Step, "Δ = ")]),
    ] {
        for (layer, words) in layers {
            let told = |on: bool| {
                let mut session = shown(view);
                session.apply(Command::SetLayer { layer, on }).unwrap();
                let scene = Figure::new(&session, &asked(view)).unwrap().scene();
                texts(&scene.items).iter().any(|text| text.text.starts_with(words))
            };
            assert!(told(true) && !told(false), "{layer:?}: {words}");
        }
        let items = |layer: Layer, on: bool| {
            let mut session = shown(view);
            session.apply(Command::SetLayer { layer, on }).unwrap();
            Figure::new(&session, &asked(view)).unwrap().scene().items
        };
        for layer in [Layer::LocalModel, Layer::Path, Layer::Prediction, Layer::CriticalPoints, Layer::Grid] {
            assert_ne!(items(layer, true), items(layer, false), "{layer:?}, {view:?}");
        }
    }
}

#[test]
fn titles_come_out_as_written() {
    let session = curve();
    for title in ["<script>&\"", "경사 하강법 ∇f <b>", "]]>&amp;'"] {
        let request = Request { title: Some(title.to_owned()), ..asked(View::Curve) };
        let file = svg(&Figure::new(&session, &request).unwrap().scene());
        let tree = roxmltree::Document::parse(&file).unwrap();
        let said = |node: roxmltree::Node<'_, '_>| -> String {
            node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect()
        };
        for tag in ["text", "title"] {
            let found = tree.descendants().any(|node| node.has_tag_name(tag) && said(node) == title);
            assert!(found, "no <{tag}> with {title}");
        }
    }
}

fn plotted(session: &Session, view: View) -> Vec<Plotted> {
    Figure::new(session, &asked(view)).unwrap().plotted()
}

#[test]
fn contour_lines_lie_on_their_level() {
    let session = race();
    let mut evaluator = Evaluator::new(session.shared_surface());
    let parts = plotted(&session, View::Contour);
    let contours: Vec<&Plotted> = parts.iter().filter(|part| part.part == "contour").collect();
    assert!(contours.len() > 12, "{}", contours.len());
    let mut points = 0;
    for [x, y, level] in contours.iter().flat_map(|part| &part.rows) {
        let mut slope = [0.0; 2];
        let value = evaluator.gradient(&[*x, *y], &mut slope);
        // The distance to the true line, to first order, against a plot that is four wide.
        let off = (value - level).abs() / slope[0].hypot(slope[1]);
        assert!(off < 1e-3, "f({x}, {y}) = {value} on the line of {level}");
        points += 1;
    }
    assert!(points > 300, "{points}");
}

#[test]
fn what_is_plotted_is_what_was_descended() {
    for (view, part) in [(View::Contour, "path"), (View::Relief, "path"), (View::Curve, "path"), (View::Loss, "loss")] {
        let session = shown(view);
        let parts = plotted(&session, view);
        for (_, run) in session.runs() {
            let id = &run.spec().optimizer.id;
            let found = parts.iter().find(|found| found.part == part && found.series == *id).unwrap();
            assert_eq!(found.rows.len(), run.last_step() + 1, "{id}, {view:?}");
            for (row, [x, y, value]) in run.rows().zip(&found.rows) {
                let at = |k: usize| row.w.get(k).copied().unwrap_or(row.loss);
                let want = if view == View::Loss { [row.step as f64, row.loss] } else { [at(0), at(1)] };
                assert_eq!(([*x, *y], *value), (want, row.loss), "{id}, {view:?}");
            }
        }
    }
    let cells: usize = plotted(&curve(), View::Basins).iter().map(|part| part.rows.len()).sum();
    assert!(cells > 256 * 100, "{cells}");
}

#[test]
fn a_film_keeps_its_page_and_moves_its_balls() {
    let session = race();
    let request = asked(View::Contour);
    let figure = Figure::new(&session, &request).unwrap();
    let frames = [0.0, 3.0, 3.5, 40.0].map(|at| figure.scene_at(at));
    for pair in frames.windows(2) {
        assert_eq!(pair[0].size, pair[1].size);
        assert_ne!(pair[0].items, pair[1].items);
    }
    assert_eq!(figure.scene_at(3.5).items, frames[2].items);
}

#[test]
fn sessions_without_such_a_figure_are_refused() {
    let refused = |session: &Session, view: View| Figure::new(session, &asked(view)).err();
    for view in [View::Contour, View::Relief] {
        assert_eq!(refused(&curve(), view), Some(FigureError::Dimension { view, wanted: 2, found: 1 }));
    }
    assert_eq!(refused(&race(), View::Curve), Some(FigureError::Dimension { view: View::Curve, wanted: 1, found: 2 }));
    let mut session = race();
    let ids: Vec<_> = session.racers().iter().map(|racer| racer.id).collect();
    session.apply(Command::SelectRacer(ids[1])).unwrap();
    assert!(matches!(refused(&session, View::Stability), Some(FigureError::NotLinear(_))));
    session.apply(Command::SelectRacer(ids[2])).unwrap();
    assert!(matches!(refused(&session, View::Computation), Some(FigureError::NoLines(_))));
    for id in ids {
        session.apply(Command::ShowRacer { racer: id, visible: false }).unwrap();
    }
    for view in [View::Loss, View::Sweep, View::Computation] {
        assert_eq!(refused(&session, view), Some(FigureError::Nobody), "{view:?}");
    }
}

#[test]
fn the_prepared_figures_are_there_in_both_languages() {
    for id in ["fig-2-10", "fig-2-11", "fig-2-12", "fig-2-13"] {
        assert!(find(id).is_ok(), "{id}");
    }
    assert_eq!(find("fig-2-1").unwrap_err().suggestions, ["fig-2-10", "fig-2-11", "fig-2-12"]);
    for preset in presets() {
        for text in [preset.about(), preset.title()] {
            assert!(!text.en.trim().is_empty() && !text.ko.trim().is_empty(), "{}", preset.id);
            assert!(text.ko.chars().any(|c| ('가'..='힣').contains(&c)), "{}: {}", preset.id, text.ko);
        }
        let session = preset.session().unwrap_or_else(|_| panic!("{}", preset.id));
        for lang in Lang::ALL {
            // Maps take their time, and their marks are those of every map.
            if matches!(preset.view(), View::Basins | View::Sweep) {
                continue;
            }
            let request = Request { density: 0.5, ..preset.request(lang, ThemeName::Light) };
            let scene =
                Figure::new(&session, &request).unwrap_or_else(|error| panic!("{}: {error}", preset.id)).scene();
            assert_eq!(clashes(&scene), Vec::<String>::new(), "{}, {lang:?}", preset.id);
            assert_eq!(scene.about.title, *preset.title().get(lang));
            let words: String = texts(&scene.items).iter().map(|text| format!("{}\n", text.text)).collect();
            assert!(!words.contains(['{', '}']), "{}: {words}", preset.id);
            for mark in request.marks.iter().flat_map(|mark| mark.label.get(lang).lines()) {
                assert!(words.lines().any(|line| line == mark), "{}: no '{mark}'", preset.id);
            }
        }
    }
}
