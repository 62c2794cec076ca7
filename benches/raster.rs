//! How long does the CPU rasterizer take for a window of 1600×1000? One thread; the window holds what windows hold: panels
//! with text and sliders, a heat map, contour lines, and a relief of 20,000 shaded triangles. The target is 20 ms.

#![allow(clippy::print_stdout, reason = "a bench prints its figure")]

use downhill::app::headless::{Shot, Stage};
use downhill::chart::contour::contours;
use downhill::chart::{Field, Palette, View};
use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Rect, Shape, Stroke, pos2, vec2};
use std::time::Instant;

fn relief(place: Rect) -> Mesh {
    let mut mesh = Mesh::default();
    let height = |x: f32, y: f32| (1.0 - x) * (1.0 - x) + 2.0 * (y - x * x) * (y - x * x);
    for j in 0..=100 {
        for i in 0..=100 {
            let (u, v) = (i as f32 / 100.0, j as f32 / 100.0);
            let h = (1.0 + height(3.0 * u - 1.5, 3.0 * v - 1.0)).ln() / 4.0;
            let [r, g, b] = Palette::Viridis.color(f64::from(h));
            let pos = pos2(
                place.center().x + (u - v) * place.width() * 0.5,
                place.center().y + (u + v - 1.0) * place.height() * 0.4 - h * place.height() * 0.2,
            );
            mesh.vertices.push(Vertex { pos, uv: WHITE_UV, color: Color32::from_rgb(r, g, b) });
        }
    }
    for j in 0..100u32 {
        for i in 0..100 {
            let k = 101 * j + i;
            mesh.indices.extend([k, k + 1, k + 101, k + 1, k + 102, k + 101]);
        }
    }
    mesh
}

fn main() {
    let shot = Shot { size: [1600.0, 1000.0], ..Shot::default() };
    let view = View { x: [-2.0, 2.0], y: [-1.0, 3.0] };
    let f = |x: f64, y: f64| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);
    let sample = |xs: &[f64], ys: &[f64], out: &mut [f64]| (0..out.len()).for_each(|k| out[k] = f(xs[k], ys[k]));
    let field = Field::sample(view, [200, 200], sample);
    let lines = contours(&field, &[0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0]);
    let heat = egui::ColorImage::new(
        [200, 200],
        field
            .values
            .iter()
            .map(|v| Palette::Night.color((1.0 + v).ln() / 8.0))
            .map(|[r, g, b]| Color32::from_rgb(r, g, b))
            .collect(),
    );
    let mut stage = Stage::new(&shot);
    let texture = stage.context().load_texture("heat", heat, egui::TextureOptions::LINEAR);
    let mut value = 0.3;
    for _ in 0..6 {
        stage.step(Vec::new(), |ui| {
            egui::Panel::left("left").exact_size(300.0).show(ui, |ui| {
                for k in 0..25 {
                    ui.label(format!("Learning rate {k} 학습률 η·λmax = 2.31"));
                    ui.add(egui::Slider::new(&mut value, 0.0..=1.0));
                }
            });
            egui::CentralPanel::default().show(ui, |ui| {
                let all = ui.max_rect();
                let (left, right) = all.split_left_right_at_fraction(0.5);
                let painter = ui.painter();
                painter.image(texture.id(), left, Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0)), Color32::WHITE);
                let place = |p: &[f64; 2]| {
                    left.min + vec2((p[0] as f32 + 2.0) / 4.0 * left.width(), (p[1] as f32 + 1.0) / 4.0 * left.height())
                };
                for line in lines.iter().flat_map(|c| &c.lines) {
                    let points: Vec<Pos2> = line.points.iter().map(place).collect();
                    painter.add(Shape::line(points, Stroke::new(1.0, Color32::from_white_alpha(90))));
                }
                painter.add(Shape::mesh(relief(right)));
            });
        });
    }
    let mut best = f64::INFINITY;
    for _ in 0..40 {
        let start = Instant::now();
        let image = stage.draw();
        best = best.min(start.elapsed().as_secs_f64());
        std::hint::black_box(&image);
    }
    println!("{:.1} ms for tessellating and drawing 1600×1000 on one thread (target 20)", best * 1e3);
}
