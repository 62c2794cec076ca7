//! Scenes one after the other, of which only what has changed is drawn.
//!
//! What a film shows mostly rests: the ground, the map, its contour lines. The things at the back that two scenes have
//! in common are drawn once and kept; on a copy of that the rest is drawn. Things are drawn one after the other in any case, so the
//! pixels are to the bit those of a scene that is drawn alone.

use tiny_skia::Mask;

use super::Canvas;
use crate::scene::{Item, Pixels, Rect, Scene, SceneError};

/// A film's scenes as pixels.
#[derive(Default)]
pub struct Show {
    /// Pixels to a point.
    scale: f64,
    last: Option<Scene>,
    /// The first things of the last scene as they are drawn, and how many they are.
    kept: Option<(usize, Canvas)>,
}

impl Show {
    /// A show at so many pixels to a point.
    pub fn new(scale: f64) -> Self {
        Self { scale, ..Self::default() }
    }

    /// The pixels of the next scene.
    pub fn pixels(&mut self, scene: Scene) -> Result<Pixels, SceneError> {
        let things = things(&scene);
        let common = self.last.as_ref().and_then(|last| common(last, &scene, &things));
        let kept = self.kept.take().filter(|(count, _)| common.is_some_and(|common| *count <= common));
        let common = common.unwrap_or(0);
        let (count, mut canvas) = match kept {
            Some(kept) => kept,
            None => (0, Canvas::new(&scene, self.scale)?),
        };
        canvas.things(&things[count..common]);
        let mut whole = canvas.clone();
        whole.things(&things[common..]);
        drop(things);
        self.kept = Some((common, canvas));
        self.last = Some(scene);
        Ok(whole.pixels())
    }
}

/// A thing with the rectangles outside of which it is not drawn.
#[derive(PartialEq)]
struct Thing<'a> {
    clips: Vec<Rect>,
    item: &'a Item,
}

/// The things of a scene, out of their groups unless those are blended as one.
fn things(scene: &Scene) -> Vec<Thing<'_>> {
    fn collect<'a>(items: &'a [Item], clips: &[Rect], things: &mut Vec<Thing<'a>>) {
        for item in items {
            match item {
                Item::Group { clip, opacity, items } if *opacity >= 1.0 => {
                    let clips: Vec<Rect> = clips.iter().copied().chain(*clip).collect();
                    collect(items, &clips, things);
                }
                item => things.push(Thing { clips: clips.to_vec(), item }),
            }
        }
    }
    let mut found = Vec::new();
    collect(&scene.items, &[], &mut found);
    found
}

/// How many things at the back two scenes have in common; none if the page itself differs.
fn common(last: &Scene, scene: &Scene, now: &[Thing<'_>]) -> Option<usize> {
    let same = (last.size, last.background) == (scene.size, scene.background);
    same.then(|| things(last).iter().zip(now).take_while(|(last, now)| last == now).count())
}

impl Canvas {
    /// Draws things, each within its rectangles.
    fn things(&mut self, things: &[Thing<'_>]) {
        'parts: for same in things.chunk_by(|a, b| a.clips == b.clips) {
            let mut mask: Option<Mask> = None;
            for clip in &same[0].clips {
                match self.narrowed(clip, mask.as_ref()) {
                    Some(narrowed) => mask = Some(narrowed),
                    // Nothing is inside of a rectangle without area.
                    None => continue 'parts,
                }
            }
            for thing in same {
                self.item(thing.item, mask.as_ref());
            }
        }
    }
}
