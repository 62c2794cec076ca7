//! Icons drawn from their geometry, so that they look the same on every machine and at every size.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, epaint::PathShape, pos2, vec2};

/// What an icon says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it all")]
pub(in crate::app) enum Icon {
    Play,
    Pause,
    Step,
    StepBack,
    ToStart,
    ToEnd,
    Fit,
    FitPaths,
    Follow,
    Plus,
    Minus,
    Close,
    Chevron,
    ChevronRight,
    Eye,
    EyeClosed,
    Pencil,
    Undo,
    Die,
    Sun,
    Moon,
    Contrast,
    Up,
    Folder,
    File,
    Display,
    FoldLeft,
    FoldRight,
    FoldBottom,
    Layers,
    Loop,
    Fork,
    Redo,
    Table,
    Export,
}

/// Draws `what` into the square around the middle of `rect`, 16 points wide.
pub(in crate::app) fn icon(painter: &Painter, rect: Rect, what: Icon, color: Color32) {
    let c = rect.center();
    let at = |x: f32, y: f32| pos2(c.x + x, c.y + y);
    let stroke = Stroke::new(1.5, color);
    let fill = |points: Vec<Pos2>| {
        painter.add(PathShape::convex_polygon(points, color, Stroke::NONE));
    };
    let line = |points: Vec<Pos2>| {
        painter.add(Shape::line(points, stroke));
    };
    let block = |x: f32, y: f32, w: f32, h: f32| {
        painter.rect_filled(Rect::from_min_size(at(x, y), vec2(w, h)), 1.0, color);
    };
    match what {
        Icon::Play => fill(vec![at(-4.0, -6.0), at(6.5, 0.0), at(-4.0, 6.0)]),
        Icon::Pause => {
            block(-5.0, -6.0, 3.5, 12.0);
            block(1.5, -6.0, 3.5, 12.0);
        }
        Icon::Step => {
            fill(vec![at(-5.0, -5.0), at(2.5, 0.0), at(-5.0, 5.0)]);
            block(3.0, -5.0, 2.0, 10.0);
        }
        Icon::StepBack => {
            fill(vec![at(5.0, -5.0), at(-2.5, 0.0), at(5.0, 5.0)]);
            block(-5.0, -5.0, 2.0, 10.0);
        }
        Icon::ToStart => {
            block(-6.5, -5.0, 2.0, 10.0);
            fill(vec![at(1.0, -5.0), at(-4.5, 0.0), at(1.0, 5.0)]);
            fill(vec![at(7.0, -5.0), at(1.5, 0.0), at(7.0, 5.0)]);
        }
        Icon::ToEnd => {
            block(4.5, -5.0, 2.0, 10.0);
            fill(vec![at(-1.0, -5.0), at(4.5, 0.0), at(-1.0, 5.0)]);
            fill(vec![at(-7.0, -5.0), at(-1.5, 0.0), at(-7.0, 5.0)]);
        }
        Icon::Fit => {
            for (sx, sy) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                line(vec![at(sx * 2.5, sy * 6.0), at(sx * 6.0, sy * 6.0), at(sx * 6.0, sy * 2.5)]);
            }
        }
        Icon::FitPaths => {
            for (sx, sy) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                line(vec![at(sx * 3.5, sy * 6.5), at(sx * 6.5, sy * 6.5), at(sx * 6.5, sy * 3.5)]);
            }
            line(vec![at(-3.5, -3.0), at(2.5, -1.0), at(-1.5, 1.5), at(3.5, 3.0)]);
        }
        Icon::Follow => {
            painter.circle_stroke(c, 4.5, stroke);
            painter.circle_filled(c, 1.5, color);
            for (x, y) in [(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)] {
                painter.line_segment([at(x * 4.5, y * 4.5), at(x * 7.5, y * 7.5)], stroke);
            }
        }
        Icon::Plus => {
            line(vec![at(-5.0, 0.0), at(5.0, 0.0)]);
            line(vec![at(0.0, -5.0), at(0.0, 5.0)]);
        }
        Icon::Minus => line(vec![at(-5.0, 0.0), at(5.0, 0.0)]),
        Icon::Close => {
            line(vec![at(-3.5, -3.5), at(3.5, 3.5)]);
            line(vec![at(-3.5, 3.5), at(3.5, -3.5)]);
        }
        Icon::Chevron => line(vec![at(-4.0, -2.0), at(0.0, 2.0), at(4.0, -2.0)]),
        Icon::ChevronRight => line(vec![at(-2.0, -4.0), at(2.0, 0.0), at(-2.0, 4.0)]),
        Icon::Eye | Icon::EyeClosed => {
            let lid = |sign: f32| {
                let bow = |k: u8| {
                    let x = f32::from(k) - 6.0;
                    at(x, sign * 3.75 * (1.0 - x * x / 36.0))
                };
                (0..=12).map(bow).collect::<Vec<_>>()
            };
            line(lid(1.0));
            if what == Icon::Eye {
                line(lid(-1.0));
                painter.circle_filled(c, 1.75, color);
            } else {
                for x in [-3.5, 0.0, 3.5] {
                    line(vec![at(x, 3.5 - x.abs() * 0.3), at(x * 1.25, 6.0 - x.abs() * 0.3)]);
                }
            }
        }
        Icon::Table => {
            line(vec![at(-6.0, -5.5), at(6.0, -5.5), at(6.0, 5.5), at(-6.0, 5.5), at(-6.0, -5.5), at(6.0, -5.5)]);
            for y in [-2.0, 1.75] {
                line(vec![at(-6.0, y), at(6.0, y)]);
            }
            line(vec![at(0.0, -5.5), at(0.0, 5.5)]);
        }
        Icon::Export => {
            // Out of a tray, downward.
            line(vec![at(0.0, -6.5), at(0.0, 2.5)]);
            line(vec![at(-3.5, -1.0), at(0.0, 2.5), at(3.5, -1.0)]);
            line(vec![at(-6.0, 2.0), at(-6.0, 6.0), at(6.0, 6.0), at(6.0, 2.0)]);
        }
        Icon::Pencil => {
            line(vec![at(-5.5, 5.5), at(-4.5, 2.0), at(3.0, -5.5), at(5.5, -3.0), at(-2.0, 4.5), at(-5.5, 5.5)]);
            line(vec![at(1.0, -3.5), at(3.5, -1.0)]);
        }
        Icon::Undo | Icon::Redo => {
            let side = if what == Icon::Undo { 1.0 } else { -1.0 };
            let at = |x: f32, y: f32| at(side * x, y);
            line(vec![at(-2.0, -6.0), at(-5.5, -2.5), at(-2.0, 1.0)]);
            let bow = |k: u8| {
                let turn = egui::Vec2::angled((f32::from(k) / 10.0 - 0.5) * std::f32::consts::PI);
                at(1.5 + turn.x * 3.75, 1.25 + turn.y * 3.75)
            };
            let mut points = vec![at(-5.5, -2.5)];
            points.extend((0..=10).map(bow));
            points.push(at(-3.0, 5.0));
            line(points);
        }
        Icon::Die => {
            painter.rect_stroke(Rect::from_center_size(c, vec2(12.0, 12.0)), 2.5, stroke, egui::StrokeKind::Middle);
            for (x, y) in [(-2.5, -2.5), (0.0, 0.0), (2.5, 2.5)] {
                painter.circle_filled(at(x, y), 1.25, color);
            }
        }
        Icon::Sun => {
            painter.circle_stroke(c, 3.25, stroke);
            for k in 0..8 {
                let d = egui::Vec2::angled(k as f32 * std::f32::consts::FRAC_PI_4);
                painter.line_segment([c + d * 5.5, c + d * 7.5], stroke);
            }
        }
        Icon::Moon => {
            // The outline of a crescent: an outer arc, and an inner one back.
            let mut points = Vec::with_capacity(40);
            for k in 0..=20 {
                let angle = 0.9 + k as f32 / 20.0 * 4.5;
                points.push(c + egui::Vec2::angled(angle - 1.15) * 6.25);
            }
            let (first, last) = (points[0], points[20]);
            let middle = first.lerp(last, 0.5);
            let bulge = (c - middle) * 1.5;
            for k in 1..20 {
                let t = k as f32 / 20.0;
                let side = last.lerp(first, t);
                points.push(side + bulge * (4.0 * t * (1.0 - t)) * 0.55);
            }
            painter.add(Shape::closed_line(points, stroke));
        }
        Icon::Up => {
            line(vec![at(0.0, 6.0), at(0.0, -5.0)]);
            line(vec![at(-4.5, -0.5), at(0.0, -5.0), at(4.5, -0.5)]);
        }
        Icon::Folder => {
            let outline = [(-6.5, -4.5), (-1.5, -4.5), (0.0, -2.5), (6.5, -2.5), (6.5, 5.0), (-6.5, 5.0)];
            painter.add(Shape::closed_line(outline.map(|(x, y)| at(x, y)).to_vec(), stroke));
        }
        Icon::File => {
            let outline = [(-4.5, -6.5), (1.5, -6.5), (4.5, -3.5), (4.5, 6.5), (-4.5, 6.5)];
            painter.add(Shape::closed_line(outline.map(|(x, y)| at(x, y)).to_vec(), stroke));
        }
        Icon::Display => {
            // A screen on its stand.
            let screen = Rect::from_center_size(at(0.0, -1.5), vec2(15.0, 9.5));
            painter.rect_stroke(screen, 1.5, stroke, egui::StrokeKind::Middle);
            line(vec![at(0.0, 3.5), at(0.0, 6.5)]);
            line(vec![at(-4.0, 6.5), at(4.0, 6.5)]);
        }
        Icon::Contrast => {
            painter.circle_stroke(c, 6.0, stroke);
            let half = (0..=16).map(|k| c + egui::Vec2::angled((k as f32 / 16.0 - 0.5) * std::f32::consts::PI) * 6.0);
            fill(half.collect());
        }
        Icon::FoldLeft | Icon::FoldRight | Icon::FoldBottom => {
            let outer = Rect::from_center_size(c, vec2(15.0, 12.0));
            painter.rect_stroke(outer, 2.0, Stroke::new(1.25, color), egui::StrokeKind::Middle);
            let inner = match what {
                Icon::FoldLeft => Rect::from_min_max(outer.min, pos2(outer.left() + 5.0, outer.bottom())),
                Icon::FoldRight => Rect::from_min_max(pos2(outer.right() - 5.0, outer.top()), outer.max),
                _ => Rect::from_min_max(pos2(outer.left(), outer.bottom() - 4.0), outer.max),
            };
            painter.rect_filled(inner, 1.0, color);
        }
        Icon::Loop => {
            // Two half circles, each with the head of an arrow.
            for side in [1.0, -1.0] {
                let turn = |k: usize| egui::Vec2::angled(0.35 + k as f32 / 10.0 * 2.3) * 5.5 * side;
                line((0..=10).map(|k| c + turn(k)).collect());
                let (tip, along) = (c + turn(10), (turn(10) - turn(9)).normalized());
                line(vec![tip - along.rot90() * 3.0 - along * 2.5, tip, tip + along.rot90() * 3.0 - along * 2.5]);
            }
        }
        Icon::Fork => {
            line(vec![at(0.0, 7.0), at(0.0, 1.0), at(-4.5, -4.0)]);
            line(vec![at(0.0, 1.0), at(4.5, -4.0)]);
            for (x, y) in [(-4.5, -5.5), (4.5, -5.5)] {
                painter.circle_filled(at(x, y), 2.0, color);
            }
        }
        Icon::Layers => {
            for (y, full) in [(-3.5, true), (0.5, false), (4.5, false)] {
                let sheet = [at(-7.0, y), at(0.0, y - 3.5), at(7.0, y), at(0.0, y + 3.5)];
                if full {
                    painter.add(Shape::closed_line(sheet.to_vec(), stroke));
                } else {
                    line(vec![sheet[0], sheet[3], sheet[2]]);
                }
            }
        }
    }
}
