//! The window without a display: runs a user interface for some frames and draws the last one as a picture.
//!
//! Time is given, not taken from a clock, so the same interface and the same events make the same bytes everywhere. The
//! fonts are the embedded ones. What the interface is, this page does not know; files are written by others.

use super::fonts;
use super::raster::{Image, Textures, paint};
use egui::epaint::ClippedPrimitive;
use egui::{Context, Event, FullOutput, Pos2, RawInput, Rect, Theme, Ui, Vec2, ViewportId};

/// What to draw.
#[derive(Clone, Debug)]
pub struct Shot {
    /// Width and height of the window in points.
    pub size: [f32; 2],
    /// Pixels of the picture to a point: 1 for a plain screen, 2 for a sharp one.
    pub pixels_per_point: f32,
    /// Dark or light.
    pub theme: Theme,
    /// Frames to run; the last is drawn. Panels and plots need some to find their sizes.
    pub frames: usize,
    /// Seconds from a frame to the next.
    pub time_step: f64,
    /// What the person does: the number of a frame (from 0) and what happens in it.
    pub events: Vec<(usize, Event)>,
    /// Threads that draw.
    pub threads: usize,
}

impl Default for Shot {
    fn default() -> Self {
        Self {
            size: [1280.0, 800.0],
            pixels_per_point: 1.0,
            theme: Theme::Dark,
            frames: 6,
            time_step: 1.0 / 60.0,
            events: Vec::new(),
            threads: 1,
        }
    }
}

impl Shot {
    /// The size of the picture in pixels, at least one each way.
    pub fn pixels(&self) -> [usize; 2] {
        self.size.map(|s| ((s * self.pixels_per_point).round() as usize).clamp(1, 32_768))
    }
}

/// Runs an interface as a shot says and returns its last frame. `setup` sees the context before the first frame: the
/// place to install a style.
pub fn render(shot: &Shot, setup: impl FnOnce(&Context), mut ui: impl FnMut(&mut Ui)) -> Image {
    let mut stage = Stage::new(shot);
    setup(stage.context());
    for frame in 0..shot.frames.max(1) {
        let events = shot.events.iter().filter(|(at, _)| *at == frame).map(|(_, event)| event.clone());
        stage.step(events.collect(), &mut ui);
    }
    stage.draw()
}

/// A window without a display that is driven frame by frame.
pub struct Stage {
    context: Context,
    textures: Textures,
    shot: Shot,
    output: FullOutput,
    frame: usize,
}

impl Stage {
    /// An empty stage; the frames and events of the shot are the caller's to play.
    pub fn new(shot: &Shot) -> Self {
        let context = Context::default();
        context.set_fonts(fonts::definitions());
        context.set_theme(shot.theme);
        Self { context, textures: Textures::default(), shot: shot.clone(), output: FullOutput::default(), frame: 0 }
    }

    /// The context, to install a style or to ask what is where.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// What the last frame asked of the window (cursor, copied text, repaint).
    pub fn output(&self) -> &FullOutput {
        &self.output
    }

    /// Runs one frame.
    pub fn step(&mut self, events: Vec<Event>, ui: impl FnMut(&mut Ui)) {
        let input = self.input(events);
        self.textures.free(&mut self.output.textures_delta);
        self.output = self.context.run_ui(input, ui);
        self.textures.set(&mut self.output.textures_delta);
        self.frame += 1;
    }

    fn input(&self, events: Vec<Event>) -> RawInput {
        let mut input = RawInput {
            // As a real window: of the same pixels whatever the size of everything in it.
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::from(self.shot.size) / self.context.zoom_factor())),
            max_texture_side: Some(8192),
            time: Some(self.frame as f64 * self.shot.time_step),
            predicted_dt: self.shot.time_step as f32,
            events,
            focused: true,
            system_theme: Some(self.shot.theme),
            ..RawInput::default()
        };
        let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(self.shot.pixels_per_point);
        viewport.inner_rect = input.screen_rect;
        input
    }

    /// Draws the last frame that was run.
    pub fn draw(&self) -> Image {
        let [width, height] = self.shot.pixels();
        let mut image = Image::filled(width, height, self.context.global_style().visuals.panel_fill.to_opaque());
        let scale = self.output.pixels_per_point;
        let shapes = self.output.shapes.clone();
        let triangles = self.context.tessellate(shapes, scale);
        paint(&mut image, &triangles, &self.textures, scale, self.shot.threads);
        image
    }

    /// Takes out the triangles of the last frame that was run: what a window hands to the GPU. Nothing is left to draw.
    pub fn take_triangles(&mut self) -> Vec<ClippedPrimitive> {
        self.context.tessellate(std::mem::take(&mut self.output.shapes), self.output.pixels_per_point)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.output.textures_delta.clear();
    }
}
