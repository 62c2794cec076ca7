//! The CPU rasterizer covers what the fill rule says, blends by its formula, samples textures as their options say; the
//! headless window draws text, the same bytes each time.

use downhill::app::headless::{Shot, render};
use downhill::app::raster::{Image, Textures, paint, png};
use downhill::scene::About;
use egui::epaint::textures::{TextureOptions, TextureWrapMode, TexturesDelta};
use egui::epaint::{ClippedPrimitive, ImageDelta, Mesh, Primitive, Vertex, WHITE_UV};
use egui::{Color32, ColorImage, Pos2, Rect, TextureId, pos2};
use proptest::prelude::*;

const BLACK: Color32 = Color32::BLACK;
/// Adds one to the red of a pixel each time it is drawn.
const COUNT: Color32 = Color32::from_rgba_premultiplied(1, 0, 0, 0);

fn flat(triangles: &[[[f32; 2]; 3]], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for corners in triangles {
        for &[x, y] in corners {
            mesh.indices.push(mesh.vertices.len() as u32);
            mesh.vertices.push(Vertex { pos: pos2(x, y), uv: WHITE_UV, color });
        }
    }
    mesh
}

fn draw_on(image: &mut Image, mesh: Mesh, clip: Rect, textures: &Textures, threads: usize) {
    let primitive = ClippedPrimitive { clip_rect: clip, primitive: Primitive::Mesh(mesh) };
    paint(image, &[primitive], textures, 1.0, threads);
}

fn draw(size: usize, mesh: Mesh) -> Image {
    let mut image = Image::filled(size, size, BLACK);
    draw_on(&mut image, mesh, Rect::EVERYTHING, &Textures::default(), 1);
    image
}

fn reds(image: &Image) -> Vec<u8> {
    image.pixels.iter().map(|p| p[0]).collect()
}

proptest! {
    /// A crooked net of triangles over the whole picture, wound both ways: each pixel once.
    #[test]
    fn a_mesh_has_no_seams(jitter in prop::collection::vec(-0.24..0.24f32, 2 * 8 * 8), flips in prop::collection::vec(any::<bool>(), 49)) {
        let at = |i: usize, j: usize| {
            // The rim stays outside the picture.
            let k = 2 * (8 * j + i);
            [(i as f32 + jitter[k]) * 6.5 - 5.0, (j as f32 + jitter[k + 1]) * 6.5 - 5.0]
        };
        let mut triangles = Vec::new();
        for (k, &flip) in flips.iter().enumerate() {
            let (i, j) = (k % 7, k / 7);
            let (a, b, c, d) = (at(i, j), at(i + 1, j), at(i + 1, j + 1), at(i, j + 1));
            // Either diagonal: at less than a quarter of a cell the quadrilaterals stay convex.
            triangles.extend(if flip { [[a, b, c], [a, d, c]] } else { [[b, a, d], [b, c, d]] });
        }
        let image = draw(32, flat(&triangles, COUNT));
        prop_assert!(reds(&image).iter().all(|&r| r == 1), "{:?}", reds(&image));
    }

    #[test]
    fn threads_change_no_byte(points in prop::collection::vec((-10.0..50.0f32, -10.0..50.0f32, any::<[u8; 3]>()), 3..60), threads in 2usize..9) {
        let mut mesh = Mesh::default();
        for (k, &(x, y, [r, g, b])) in points.iter().enumerate() {
            mesh.vertices.push(Vertex { pos: pos2(x, y), uv: WHITE_UV, color: Color32::from_rgba_unmultiplied(r, g, b, 99) });
            mesh.indices.push(k as u32);
        }
        let mut image = Image::filled(40, 37, BLACK);
        draw_on(&mut image, mesh.clone(), Rect::EVERYTHING, &Textures::default(), 1);
        let mut banded = Image::filled(40, 37, BLACK);
        draw_on(&mut banded, mesh, Rect::EVERYTHING, &Textures::default(), threads);
        prop_assert_eq!(image, banded);
    }
}

#[test]
fn a_pixel_belongs_to_the_shape_that_holds_its_center() {
    let square = |l: f32, t: f32, r: f32, b: f32| [[[l, t], [r, t], [r, b]], [[l, t], [r, b], [l, b]]];
    let covered = |rect: [[[f32; 2]; 3]; 2]| {
        let image = draw(5, flat(&rect, COUNT));
        (0..25).filter(|k| image.pixels[*k][0] == 1).map(|k| (k % 5, k / 5)).collect::<Vec<_>>()
    };
    assert_eq!(covered(square(1.0, 2.0, 3.0, 3.0)), [(1, 2), (2, 2)], "whole pixels");
    assert_eq!(covered(square(0.5, 1.5, 2.5, 2.5)), [(0, 1), (1, 1)], "centers on the rim: top and left are inside");
    assert_eq!(covered(square(0.51, 1.51, 2.51, 2.51)), [(1, 2), (2, 2)]);
    assert_eq!(covered(square(0.9, 0.9, 1.1, 1.1)), [], "no center, no pixel");
    assert_eq!(covered(square(-9e9, 3.0, 9e9, 4.0)).len(), 5, "far corners are cut, not dropped");
}

#[test]
fn what_is_not_finite_or_not_there_is_skipped() {
    let mut mesh =
        flat(&[[[0.0, 0.0], [f32::NAN, 0.0], [0.0, 9.0]], [[0.0, 0.0], [f32::INFINITY, 0.0], [0.0, 9.0]]], COUNT);
    mesh.indices.extend([0, 2, 900, 1]);
    assert!(reds(&draw(4, mesh)).iter().all(|&r| r == 0));
    paint(&mut Image::filled(0, 3, BLACK), &[], &Textures::default(), 1.0, 4);
}

#[test]
fn the_clip_is_rounded_to_pixels() {
    let mut image = Image::filled(6, 6, BLACK);
    let all = flat(&[[[-9.0, -9.0], [30.0, -9.0], [-9.0, 30.0]]], COUNT);
    draw_on(&mut image, all, Rect::from_min_max(pos2(1.4, 2.6), pos2(4.5, 4.4)), &Textures::default(), 3);
    let inside = |x: usize, y: usize| (1..5).contains(&x) && (3..4).contains(&y);
    (0..36).for_each(|k| assert_eq!(image.pixels[k][0] == 1, inside(k % 6, k / 6), "pixel {k}"));
}

#[test]
fn colors_run_evenly_from_corner_to_corner() {
    let mut mesh = flat(&[[[0.0, 0.0], [64.0, 0.0], [0.0, 64.0]]], BLACK);
    mesh.vertices[1].color = Color32::from_rgb(255, 0, 0);
    mesh.vertices[2].color = Color32::from_rgb(0, 255, 0);
    let image = draw(64, mesh);
    for y in 0..64 {
        for x in 0..63 - y {
            let [r, g, b, a] = image.pixels[64 * y + x];
            let exact = |v: usize| (v as f32 + 0.5) / 64.0 * 255.0;
            assert!((f32::from(r) - exact(x)).abs() <= 0.51 && (f32::from(g) - exact(y)).abs() <= 0.51, "at {x} {y}");
            assert_eq!((b, a), (0, 255));
        }
    }
}

/// A texture of 2×1 texels, red and green, drawn four times as large and shifted by `shift` texels.
fn textured(options: TextureOptions, shift: f32) -> Vec<[u8; 4]> {
    let id = TextureId::Managed(7);
    let texels = vec![Color32::from_rgb(200, 0, 0), Color32::from_rgb(0, 200, 0)];
    let mut delta = TexturesDelta::default();
    delta.push(id, ImageDelta::full(ColorImage::new([2, 1], texels), options));
    let mut textures = Textures::default();
    textures.set(&mut delta);
    let mut mesh = Mesh::with_texture(id);
    let corner = |x: f32, y: f32| (pos2(x, y), pos2((x / 4.0 + shift) / 2.0, 0.5));
    for (pos, uv) in [corner(0.0, 0.0), corner(16.0, 0.0), corner(16.0, 16.0), corner(0.0, 16.0)] {
        mesh.vertices.push(Vertex { pos, uv, color: Color32::WHITE });
    }
    mesh.indices = vec![0, 1, 2, 0, 2, 3];
    let mut image = Image::filled(8, 1, BLACK);
    draw_on(&mut image, mesh, Rect::EVERYTHING, &textures, 1);
    image.pixels
}

#[test]
fn textures_are_sampled_as_their_options_say() {
    let with =
        |options: TextureOptions, shift| textured(options, shift).iter().map(|p| (p[0], p[1])).collect::<Vec<_>>();
    let (red, green) = ((200, 0), (0, 200));
    assert_eq!(with(TextureOptions::NEAREST, 0.0), [red, red, red, red, green, green, green, green]);
    let ramp = with(TextureOptions::LINEAR, 0.0);
    assert_eq!((ramp[0], ramp[7]), (red, green), "the rim is the rim's texel");
    assert_eq!((ramp[2], ramp[3], ramp[4]), ((175, 25), (125, 75), (75, 125)), "texel centers lie at the half");
    assert_eq!(with(TextureOptions::NEAREST_REPEAT, 1.0), [green, green, green, green, red, red, red, red]);
    assert_eq!(with(TextureOptions::NEAREST_MIRRORED_REPEAT, 1.0)[4..], [green; 4]);
    assert_eq!(
        with(TextureOptions { wrap_mode: TextureWrapMode::ClampToEdge, ..TextureOptions::NEAREST }, 1.0),
        [green; 8]
    );
}

fn words(text: &str) -> Image {
    let shot = Shot { size: [120.0, 40.0], ..Shot::default() };
    render(
        &shot,
        |_| {},
        |ui| {
            ui.painter().text(
                Pos2::new(4.0, 20.0),
                egui::Align2::LEFT_CENTER,
                text,
                egui::FontId::proportional(16.0),
                Color32::WHITE,
            );
        },
    )
}

#[test]
fn text_appears_and_is_the_same_each_time() {
    let lit = |image: &Image| image.pixels.iter().filter(|p| p[0] > 200 && p[1] > 200).count();
    let (none, some, more) = (words(""), words("descent"), words("descent 경사"));
    assert_eq!(lit(&none), 0);
    assert!(lit(&some) > 60 && lit(&more) > lit(&some) + 30, "{} then {}", lit(&some), lit(&more));
    assert_eq!(some, words("descent"));
    assert_eq!(some.pixel(120, 0), None);
}

#[test]
fn events_reach_the_interface_in_their_frame() {
    let press = |pressed| egui::Event::PointerButton {
        pos: pos2(20.0, 20.0),
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    let events = vec![(2, egui::Event::PointerMoved(pos2(20.0, 20.0))), (3, press(true)), (4, press(false))];
    let shot = Shot { size: [100.0, 50.0], events, ..Shot::default() };
    let (mut clicks, mut times) = (Vec::new(), Vec::new());
    render(
        &shot,
        |_| {},
        |ui| {
            times.push(ui.input(|i| i.time));
            if ui.put(Rect::from_min_size(Pos2::ZERO, egui::vec2(60.0, 40.0)), egui::Button::new("go")).clicked() {
                clicks.push(times.len() - 1);
            }
        },
    );
    assert_eq!(clicks, [4]);
    assert!(times.windows(2).all(|t| (t[1] - t[0] - shot.time_step).abs() < 1e-12), "{times:?}");
}

#[test]
fn a_png_reads_back() {
    let image = words("∇");
    let bytes = png::encode(&image, &About::default()).unwrap();
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut rgb).unwrap();
    assert_eq!(rgb, image.pixels.iter().flat_map(|p| [p[0], p[1], p[2]]).collect::<Vec<_>>());
}
