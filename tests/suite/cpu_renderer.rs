//! Pictures of an interface under test: the renderer of egui's test harness without a GPU, and the comparison with a
//! picture on file (`tests/pictures/NAME.png`; written anew when UPDATE_PICTURES is set).

use downhill::app::fonts;
use downhill::app::raster::{Image, Textures, paint, png};
use downhill::scene::About;
use egui::epaint::textures::TexturesDelta;
use egui_kittest::{Harness, TestRenderer};
use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

/// The textures of a harness, shared by its renderer and the test that wants a picture.
#[derive(Clone, Default)]
pub(crate) struct Camera(Rc<RefCell<(Textures, TexturesDelta)>>);

/// The half of a [`Camera`] that a harness owns: `Harness::builder().renderer(camera.renderer())`.
pub(crate) struct CpuRenderer(Camera);

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        let (textures, freed) = &mut *self.0.0.borrow_mut();
        // What the last frame freed may have been in its picture; now it is gone.
        textures.free(freed);
        textures.set(delta);
        freed.free.extend(delta.free.drain());
    }
}

impl Drop for CpuRenderer {
    fn drop(&mut self) {
        self.0.0.borrow_mut().1.clear();
    }
}

impl Camera {
    /// The renderer to give to the harness.
    pub(crate) fn renderer(&self) -> CpuRenderer {
        CpuRenderer(self.clone())
    }

    /// The last frame of a harness.
    pub(crate) fn picture<State>(&self, harness: &Harness<'_, State>) -> Image {
        let output = harness.output();
        let scale = output.pixels_per_point;
        let size = harness.ctx.content_rect().size() * scale;
        let ground = harness.ctx.global_style().visuals.panel_fill;
        let mut image = Image::filled(size.x.round() as usize, size.y.round() as usize, ground);
        let primitives = harness.ctx.tessellate(output.shapes.clone(), scale);
        paint(&mut image, &primitives, &self.0.borrow().0, scale, 1);
        image
    }
}

/// Compares with the picture on file. Glyph and circle outlines come from the machine's own vector instructions and
/// sines, so a few pixels may be off by a hair: none by more than 8 of 255, one in a thousand by more than 2.
pub(crate) fn assert_picture(name: &str, image: &Image) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name).with_extension("png");
    let bytes = png::encode(image, &About::default()).expect("a picture encodes");
    if std::env::var_os("UPDATE_PICTURES").is_some() {
        std::fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("the folder can be made");
        std::fs::write(&file, bytes).expect("the picture can be written");
        return;
    }
    let known = std::fs::File::open(&file).unwrap_or_else(|e| panic!("{}: {e}; set UPDATE_PICTURES", file.display()));
    let mut reader = ::png::Decoder::new(std::io::BufReader::new(known)).read_info().expect("it is a PNG");
    let mut rgb = vec![0; reader.output_buffer_size().expect("its size is sane")];
    let info = reader.next_frame(&mut rgb).expect("it is whole");
    assert_eq!((info.width as usize, info.height as usize), (image.width, image.height), "the size of {name}");
    let off =
        |(pixel, known): (&[u8; 4], &[u8])| pixel.iter().zip(known).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
    let off: Vec<u8> = image.pixels.iter().zip(rgb.chunks_exact(3)).map(off).collect();
    let (worst, more) = (off.iter().max().copied().unwrap_or(0), off.iter().filter(|o| **o > 2).count());
    if worst > 8 || more * 1000 > off.len() {
        std::fs::write(file.with_extension("new.png"), bytes).expect("the new picture can be written");
        panic!("{name}: {more} pixels differ, the worst by {worst}; compare {name}.new.png");
    }
}

fn sample(ui: &mut egui::Ui) {
    egui::CentralPanel::default().show(ui, |ui| {
        ui.label(egui::RichText::new("η∇f 경사").family(fonts::strong()));
        ui.horizontal(|ui| {
            let _ = ui.button("Step ▶");
            let _ = ui.radio(true, "0.125");
        });
        let painter = ui.painter();
        painter.circle(egui::pos2(120.0, 22.0), 9.0, egui::Color32::from_rgb(230, 159, 0), (1.5, egui::Color32::WHITE));
        painter.line_segment([egui::pos2(90.0, 14.0), egui::pos2(150.0, 30.0)], (1.0, egui::Color32::LIGHT_BLUE));
    });
}

#[test]
fn a_harness_is_drawn_as_it_was() {
    let camera = Camera::default();
    let mut harness = Harness::builder()
        .with_size(egui::vec2(160.0, 76.0))
        .with_pixels_per_point(2.0)
        .with_context_setup(|ctx| ctx.set_fonts(fonts::definitions()))
        .renderer(camera.renderer())
        .build_ui(sample);
    harness.run();
    let picture = camera.picture(&harness);
    assert_picture("widgets", &picture);
}
