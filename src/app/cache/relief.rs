//! The relief, kept: the mesh while surface and range stay, its picture while the eye stays, the paths laid on it while
//! both and the descents stay. A frame in which only time goes on makes none of them.

use egui::{ColorImage, Context, Rect, TextureHandle, TextureId, TextureOptions};

use super::{Cache, GRID, LEVELS, kind_of};
use crate::app::theme::{Theme, ThemeName};
use crate::app::views::{Beads, beads};
use crate::chart::cache::Request;
use crate::chart::relief::{Eye, Ink, Picture, Raster, Relief};
use crate::chart::{Contour, Field, Tone, ToneKind, View, levels};
use crate::session::{Camera, Scale};

/// What a relief on the screen depends on, besides the surface and the theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::app) struct ReliefRequest {
    /// Where it is drawn.
    pub rect: Rect,
    /// What it shows.
    pub view: View,
    /// From where.
    pub camera: Camera,
    /// The scale of its colors and contour lines.
    pub heights: Scale,
    /// The scale of its heights.
    pub relief: Scale,
    /// Whether the heights are told by color.
    pub colors: bool,
    /// Whether contour lines are drawn on it.
    pub lines: bool,
    /// A number that changes with the descents.
    pub runs: u64,
}

/// A relief, ready to be drawn and touched.
pub(in crate::app) struct ReliefMade<'a> {
    /// The surface.
    pub relief: &'a Relief,
    /// From where it is seen.
    pub eye: Eye,
    /// How it is seen.
    pub picture: &'a Picture,
    /// The same for the screen.
    pub texture: TextureId,
    /// The paths that were laid on it.
    pub paths: &'a [Beads],
    /// Its contour lines.
    pub contours: &'a [Contour],
}

type MeshKey = (u64, View, ToneKind, ToneKind);

/// Mesh, eye and place, the descents, and how many.
type PathsKey = (MeshKey, Eye, Rect, u64, usize);

#[derive(Clone, Copy, PartialEq)]
struct PictureKey {
    mesh: MeshKey,
    eye: Eye,
    pixels: [f32; 3],
    theme: ThemeName,
    colors: bool,
    lines: bool,
}

/// What is kept.
#[derive(Default)]
pub(super) struct ReliefCache {
    mesh: Option<(MeshKey, Relief, Tone)>,
    picture: Option<Drawn>,
    /// The frame in which the picture was drawn.
    frame: u64,
    paths: Option<(PathsKey, Vec<Beads>)>,
    drawn: u64,
    /// The heights for the map, where no relief is seen.
    bare: Option<((u64, View, ToneKind), Relief)>,
    leaps: Option<(LeapsKey, Vec<Vec<bool>>)>,
}

/// Surface, view, the scale of the heights, the descents, and how many.
type LeapsKey = ((u64, View, ToneKind), u64, usize);

struct Drawn {
    key: PictureKey,
    /// Whether it has smooth edges; while the eye moves there is no time for that.
    smooth: bool,
    picture: Picture,
    texture: TextureHandle,
}

/// The steps of paths over a map that are jumps.
pub(in crate::app) struct Leaps<'a> {
    /// The heights that say so: those of the relief, so that both views tell the same.
    pub relief: &'a Relief,
    /// For each path, which of its steps they are.
    pub steps: &'a [Vec<bool>],
}

impl ReliefCache {
    /// The jumps of `paths` over a field: made again when one of surface, scale and descents is another (`key`: a number
    /// that changes with the surface, one that changes with the descents).
    pub(super) fn leaps(
        &mut self,
        field: &Field,
        kind: ToneKind,
        (revision, runs): (u64, u64),
        paths: &[&[[f64; 2]]],
    ) -> Option<Leaps<'_>> {
        let key = (revision, field.view, kind);
        let seen = self.mesh.as_ref().is_some_and(|(known, ..)| (known.0, known.1, known.3) == key);
        if !seen && self.bare.as_ref().is_none_or(|(known, _)| *known != key) {
            self.bare = Some((key, Relief::bare(field, kind)));
        }
        let relief = match (&self.mesh, &self.bare) {
            (Some((_, relief, _)), _) if seen => relief,
            (_, Some((_, relief))) => relief,
            _ => return None,
        };
        let key = (key, runs, paths.len());
        if self.leaps.as_ref().is_none_or(|(known, _)| *known != key) {
            let leap = |pair: &[[f64; 2]]| relief.hop(pair[0], pair[1]).is_some();
            self.leaps = Some((key, paths.iter().map(|path| path.windows(2).map(leap).collect()).collect()));
        }
        self.leaps.as_ref().map(|(_, steps)| Leaps { relief, steps })
    }
}

impl Cache {
    /// The relief of the surface that is shown. A first picture is a quick one; the next frame smooths it.
    pub(in crate::app) fn relief(
        &mut self,
        ctx: &Context,
        theme: &Theme,
        request: &ReliefRequest,
    ) -> Option<ReliefMade<'_>> {
        let (color, height) = (kind_of(request.heights), kind_of(request.relief));
        let revision = self.revision();
        let mesh = (revision, request.view, color, height);
        let sampler = self.sampler.as_mut()?;
        let map = Request { revision, view: request.view, size: GRID, kind: color, levels: LEVELS };
        let map = self.contours.map(map, |view, size| sampler.field(view, size));
        let kept = &mut self.relief;
        if kept.mesh.as_ref().is_none_or(|(known, ..)| *known != mesh) {
            kept.mesh = Some((mesh, Relief::of(&map.field, &map.tone, height), map.tone));
        }
        let (_, relief, tone) = kept.mesh.as_ref()?;
        let size = [request.rect.width(), request.rect.height()];
        let eye = Eye::new(&request.camera, relief.half, size.map(f64::from));
        let density = ctx.pixels_per_point();
        let pixels = [size[0], size[1], density];
        let key = PictureKey { mesh, eye, pixels, theme: theme.name, colors: request.colors, lines: request.lines };
        let same = kept.picture.as_ref().is_some_and(|drawn| drawn.key == key);
        let frame = ctx.cumulative_frame_nr();
        let rough = kept.picture.as_ref().is_some_and(|drawn| !drawn.smooth) && kept.frame != frame;
        if !same || rough {
            kept.frame = frame;
            let inks = inks(theme, request.colors);
            let found = if request.lines { levels::levels(tone, LEVELS) } else { Vec::new() };
            let levels: Vec<f64> = found.into_iter().map(|level| tone.unit(level)).collect();
            let raster = Raster { inks: &inks, levels: &levels, density, smooth: same };
            let picture = raster.draw(&relief.mesh, &eye, size.map(f64::from));
            let bytes: Vec<u8> = picture.pixels.iter().flatten().copied().collect();
            let image = ColorImage::from_rgba_premultiplied(picture.size, &bytes);
            let texture = match kept.picture.take() {
                Some(Drawn { mut texture, .. }) => {
                    texture.set(image, TextureOptions::LINEAR);
                    texture
                }
                None => ctx.load_texture("relief", image, TextureOptions::LINEAR),
            };
            kept.picture = Some(Drawn { key, smooth: same, picture, texture });
            kept.drawn += 1;
            kept.paths = None;
            if !same {
                ctx.request_repaint();
            }
        }
        let drawn = kept.picture.as_ref()?;
        let paths = kept.paths.as_ref().map_or(&[][..], |(_, paths)| paths);
        Some(ReliefMade {
            relief,
            eye,
            picture: &drawn.picture,
            texture: drawn.texture.id(),
            paths,
            contours: &map.contours,
        })
    }

    /// The same with paths laid on it.
    pub(in crate::app) fn relief_with_paths(
        &mut self,
        ctx: &Context,
        theme: &Theme,
        request: &ReliefRequest,
        paths: &[&[[f64; 2]]],
    ) -> Option<ReliefMade<'_>> {
        let made = self.relief(ctx, theme, request)?;
        let eye = made.eye;
        let kept = &mut self.relief;
        let (mesh, relief, _) = kept.mesh.as_ref()?;
        let key = (*mesh, eye, request.rect, request.runs, paths.len());
        if kept.paths.as_ref().is_none_or(|(known, _)| *known != key) {
            let picture = &kept.picture.as_ref()?.picture;
            let laid = paths.iter().map(|path| beads(request.rect, relief, &eye, picture, path)).collect();
            kept.paths = Some((key, laid));
        }
        self.relief(ctx, theme, request)
    }

    /// How often the picture of the relief was drawn.
    pub(in crate::app) fn reliefs_drawn(&self) -> u64 {
        self.relief.drawn
    }
}

/// The colors of the surface by their place on the scale.
fn inks(theme: &Theme, colors: bool) -> Vec<Ink> {
    (0..=255_u8)
        .map(|k| {
            let unit = f64::from(k) / 255.0;
            let ground = if colors { theme.heat(unit) } else { theme.line_strong };
            let light = if colors { theme.is_light(unit) } else { !theme.dark };
            let line = if light { theme.contour_dark } else { theme.contour_light };
            let [r, g, b, cover] = line.to_srgba_unmultiplied();
            Ink {
                ground: [ground.r(), ground.g(), ground.b()].map(f32::from),
                line: [r, g, b].map(f32::from),
                cover: f32::from(cover) / 255.0,
            }
        })
        .collect()
}
