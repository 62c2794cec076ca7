//! The window's icon, drawn from its geometry: a ball on a curve.

use egui::{IconData, vec2};

use super::theme::{Theme, ThemeName};

const SIDE: usize = 64;

/// The icon, 64 by 64 pixels.
pub(super) fn icon() -> IconData {
    let theme = Theme::get(ThemeName::Dark);
    let mut rgba = Vec::with_capacity(SIDE * SIDE * 4);
    for row in 0..SIDE {
        for column in 0..SIDE {
            let mut sum = [0.0_f32; 4];
            for sub in 0..16 {
                let x = (column as f32 + (sub % 4) as f32 / 4.0 + 0.125) / SIDE as f32;
                let y = (row as f32 + (sub / 4) as f32 / 4.0 + 0.125) / SIDE as f32;
                let color = sample(x, y, theme).to_array();
                for (s, c) in sum.iter_mut().zip(color) {
                    *s += f32::from(c) / 16.0;
                }
            }
            rgba.extend(sum.map(|s| s.round() as u8));
        }
    }
    IconData { rgba, width: SIDE as u32, height: SIDE as u32 }
}

/// The color at `(x, y)` in the unit square, y down.
fn sample(x: f32, y: f32, theme: &Theme) -> egui::Color32 {
    // A rounded square.
    let (dx, dy) = ((x - 0.5).abs() - 0.28, (y - 0.5).abs() - 0.28);
    if vec2(dx.max(0.0), dy.max(0.0)).length() > 0.2 {
        return egui::Color32::TRANSPARENT;
    }
    // A valley, and a ball resting on its left slope.
    let floor = |x: f32| 0.76 - 1.9 * (x - 0.56) * (x - 0.56);
    let (bx, radius) = (0.33_f32, 0.115_f32);
    let slope = -3.8 * (bx - 0.56);
    let length = (1.0 + slope * slope).sqrt();
    let center = (bx + slope / length * (radius + 0.025), floor(bx) - (radius + 0.025) / length);
    let ball = vec2(x - center.0, y - center.1).length();
    if ball < radius {
        let light = (vec2(x - center.0 + 0.04, y - center.1 + 0.045).length() / radius).min(1.0);
        return theme.text.lerp_to_gamma(theme.accent, light);
    }
    if (y - floor(x)).abs() / vec2(1.0, 3.8 * (x - 0.56)).length() < 0.025 {
        return theme.text;
    }
    if y > floor(x) {
        return theme.panel.lerp_to_gamma(theme.accent, 0.28);
    }
    theme.panel
}
