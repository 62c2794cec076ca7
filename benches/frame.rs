//! What does a frame of the window cost the CPU? Layout, chart and tessellation at 1280×800, without the GPU:
//!
//! - the map of Himmelblau's function with the contour lines of a 200×200 field, three descents of 400 steps under way
//!   and the plots (target 4 ms);
//! - map and relief side by side, eight descents of 1,000 steps under way (target 6 ms);
//! - the same while the relief is turned, so that its picture is drawn in every frame, and smoothed after it.
//!
//! Contour lines and relief must not be made again while nothing but time changes.

#![allow(clippy::print_stdout, reason = "a bench prints its figure")]

use std::sync::LazyLock;
use std::time::Instant;

use downhill::app::headless::{Shot, Stage};
use downhill::app::{App, Options};
use downhill::descent::StopRule;
use downhill::session::{Command, Document, Refusal, Session, View};

/// Seconds that this thread has had the processor: a busy machine makes it wait, which is not the frame's cost.
fn spent() -> f64 {
    let on_linux = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = on_linux.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |ns| ns * 1e-9)
}

/// The clock of machines that do not tell.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

const THREE: [&str; 3] = ["torch/sgd", "torch/adam", "torch/rmsprop"];
const EIGHT: [&str; 8] = [
    "torch/sgd",
    "torch/adam",
    "torch/rmsprop",
    "torch/adagrad",
    "torch/nadam",
    "torch/adamax",
    "torch/adadelta",
    "torch/rprop",
];

/// Racers that run their steps to the end, playing.
fn race(optimizers: &[&str], steps: usize, view: View) -> Result<Session, Refusal> {
    let mut session = Session::on("himmelblau", optimizers[0])?;
    for id in &optimizers[1..] {
        session.apply(Command::AddRacer((*id).to_owned()))?;
    }
    let document = session.document().clone();
    let mut session = Session::open(Document { stop: StopRule::Never, steps, ..document })?;
    for command in [Command::SetView(view), Command::SetLooping(true), Command::SetSpeed(10.0), Command::Play] {
        session.apply(command)?;
    }
    Ok(session)
}

/// Frames that are measured: the processor's time is told in steps of some milliseconds.
const FRAMES: u32 = 400;

/// Milliseconds for a frame of a session, and its triangles; the relief turned by so many degrees before each.
fn measure(session: Session, turn: f64) -> (f64, usize) {
    let mut app = App::detached(Options { session: Some(session), ..Options::default() });
    let mut stage = Stage::new(&Shot::default());
    app.prepare(stage.context());
    let mut frame = |app: &mut App| {
        if turn != 0.0 {
            let camera = app.session().document().picture.camera;
            _ = app.session_mut().apply(Command::SetCamera(camera.orbited(turn, 0.0)));
        }
        stage.step(Vec::new(), |ui| app.ui(ui));
        stage.take_triangles().iter().map(count).sum::<usize>()
    };
    // The first frames find sizes, rasterize glyphs and make the map.
    (0..40).for_each(|_| _ = frame(&mut app));
    let work = (app.work(), app.reliefs_drawn());
    let start = spent();
    let triangles = (0..FRAMES).map(|_| frame(&mut app)).last().unwrap_or_default();
    let each = (spent() - start) * 1e3 / f64::from(FRAMES);
    let same = (app.work(), app.reliefs_drawn()) == work;
    assert!(same || turn != 0.0, "something was made again while nothing but time changed");
    (each, triangles)
}

fn main() {
    for (what, optimizers, steps, view, turn, target) in [
        ("the map, 3 racers of 400 steps", &THREE[..], 400, View::Auto, 0.0, "target 4 ms"),
        ("map and relief, 8 racers of 1,000 steps", &EIGHT, 1000, View::Both, 0.0, "target 6 ms"),
        ("the same, the relief being turned", &EIGHT, 1000, View::Both, 0.7, "no target"),
        ("the relief alone, being turned", &EIGHT, 1000, View::Relief, 0.7, "no target"),
    ] {
        match race(optimizers, steps, view) {
            Ok(session) => {
                let (each, triangles) = measure(session, turn);
                println!("{each:.2} ms of processor time for a frame of {triangles} triangles: {what} ({target})");
            }
            Err(refusal) => println!("{what}: no such race: {refusal:?}"),
        }
    }
}

fn count(primitive: &egui::ClippedPrimitive) -> usize {
    match &primitive.primitive {
        egui::epaint::Primitive::Mesh(mesh) => mesh.indices.len() / 3,
        egui::epaint::Primitive::Callback(_) => 0,
    }
}
