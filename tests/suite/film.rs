//! Films give their frames back when they are read, rest where the frames rest, and begin again.

use std::io::Cursor;

use downhill::scene::animation::{Apng, Colors, Film, Gif, Palette, Reel, Webp};
use downhill::scene::{
    About, Item, Path, Pixels, Rect, Rgba, Scene, SceneError, Show, Stroke, Text, Weight, about::scenario_in, pixels,
};

const SIZE: [u32; 2] = [97, 63];
const GROUND: [u8; 4] = [250, 248, 240, 255];
const BALL: [u8; 4] = [230, 80, 10, 255];

/// A ball goes over a shaded field; in the last frames it rests.
fn frames() -> Vec<Pixels> {
    let frame = |k: u32| {
        let mut rgba = Vec::new();
        for (y, x) in (0..SIZE[1]).flat_map(|y| (0..SIZE[0]).map(move |x| (y, x))) {
            let (dx, dy) = (x as i64 - 10 - 9 * i64::from(k.min(6)), y as i64 - 30);
            let shade = [(2 * x) as u8, 90 + (x + y) as u8 / 2, 200 - 2 * y as u8, 255];
            rgba.extend(match dx * dx + dy * dy < 50 {
                true => BALL,
                false if y < 20 => GROUND,
                false => shade,
            });
        }
        Pixels { width: SIZE[0], height: SIZE[1], rgba }
    };
    (0..9).map(frame).collect()
}

fn reel(count: usize) -> Reel {
    let about = About { title: "a title".to_owned(), scenario: "x = \"경사\"".to_owned(), ..About::default() };
    Reel { size: SIZE, frames: count as u32, about }
}

fn palette(frames: &[Pixels]) -> Palette {
    let mut colors = Colors::new();
    frames.iter().for_each(|frame| colors.look(frame));
    Palette::of(&colors)
}

/// The whole file, and the bytes that each frame took.
fn file(mut film: impl Film, frames: &[Pixels], seconds: f64) -> (Vec<u8>, Vec<usize>) {
    let (mut file, mut sizes) = (Vec::new(), Vec::new());
    for frame in frames {
        let bytes = film.frame(frame, seconds).unwrap();
        sizes.push(bytes.len());
        file.extend(bytes);
    }
    let ending = film.finish().unwrap();
    file.extend(ending.tail);
    for (at, bytes) in ending.patches {
        file[at as usize..][..bytes.len()].copy_from_slice(&bytes);
    }
    (file, sizes)
}

/// A frame's area laid over what is seen.
fn lay(seen: &mut [u8], [left, top, width, _]: [u32; 4], rgba: &[u8]) {
    for (k, pixel) in rgba.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
        let (x, y) = (left as usize + k % width as usize, top as usize + k / width as usize);
        seen[4 * (y * SIZE[0] as usize + x)..][..4].copy_from_slice(pixel);
    }
}

#[test]
fn an_animated_png_gives_every_pixel_back() {
    let frames = frames();
    let (bytes, sizes) = file(Apng::new(reel(frames.len())).unwrap(), &frames, 0.05);
    let mut reader = png::Decoder::new(Cursor::new(&bytes)).read_info().unwrap();
    let control = *reader.info().animation_control().unwrap();
    assert_eq!((control.num_frames, control.num_plays), (frames.len() as u32, 0));
    let mut seen = vec![255; frames[0].rgba.len()];
    for frame in &frames {
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut buffer).unwrap();
        let control = *reader.info().frame_control().unwrap();
        let area = [control.x_offset, control.y_offset, control.width, control.height];
        lay(&mut seen, area, &buffer[..4 * (control.width * control.height) as usize]);
        assert_eq!((control.delay_num, control.delay_den), (50, 1000));
        assert!(seen == frame.rgba);
    }
    assert!(sizes[8] < 150 && sizes[1] < sizes[0] / 2, "only what changes: {sizes:?}");
    assert_eq!(scenario_in(&bytes).as_deref(), Some("x = \"경사\""));
}

#[test]
fn an_animated_webp_gives_every_pixel_back() {
    let frames = frames();
    let (bytes, sizes) = file(Webp::new(reel(frames.len())).unwrap(), &frames, 0.05);
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(&bytes)).unwrap();
    assert_eq!((decoder.dimensions(), decoder.num_frames()), ((SIZE[0], SIZE[1]), frames.len() as u32));
    assert!(matches!(decoder.loop_count(), image_webp::LoopCount::Forever));
    for frame in &frames {
        let mut buffer = vec![0; decoder.output_buffer_size().unwrap()];
        assert_eq!(decoder.read_frame(&mut buffer).unwrap(), 50);
        // This reader loses one of 255 where it lays an opaque pixel over another; libwebp does not.
        assert!(buffer.iter().zip(&frame.rgba).all(|(found, wanted)| found.abs_diff(*wanted) <= 1));
    }
    assert!(sizes[8] < 150 && sizes[1] < sizes[0] / 2, "only what changes: {sizes:?}");
    assert_eq!(scenario_in(&bytes).as_deref(), Some("x = \"경사\""));
}

/// The frames of a GIF as they are seen, and their delays.
fn seen_in_gif(bytes: &[u8]) -> (Vec<Vec<u8>>, Vec<u16>) {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(bytes).unwrap();
    assert_eq!(decoder.repeat(), gif::Repeat::Infinite);
    let mut seen = vec![0; 4 * (SIZE[0] * SIZE[1]) as usize];
    let (mut all, mut delays) = (Vec::new(), Vec::new());
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        for (k, pixel) in frame.buffer.chunks_exact(4).enumerate().filter(|(_, pixel)| pixel[3] > 0) {
            let (width, left, top) = (usize::from(frame.width), usize::from(frame.left), usize::from(frame.top));
            let at = 4 * ((top + k / width) * SIZE[0] as usize + left + k % width);
            seen[at..at + 4].copy_from_slice(pixel);
        }
        all.push(seen.clone());
        delays.push(frame.delay);
    }
    (all, delays)
}

#[test]
fn a_gif_is_true_and_rests_where_the_frames_rest() {
    let frames = frames();
    let (bytes, sizes) = file(Gif::new(reel(frames.len()), &palette(&frames)).unwrap(), &frames, 1.0 / 30.0);
    let (all, delays) = seen_in_gif(&bytes);
    assert_eq!(all.len(), frames.len());
    assert_eq!(delays.iter().map(|delay| u32::from(*delay)).sum::<u32>(), 30, "nine thirtieths: {delays:?}");
    let mut error = 0;
    for (k, (seen, frame)) in all.iter().zip(&frames).enumerate() {
        for (at, (seen, wanted)) in seen.chunks_exact(4).zip(frame.rgba.chunks_exact(4)).enumerate() {
            assert!(wanted != GROUND && wanted != BALL || seen == wanted, "own colors are exact: {wanted:?} {seen:?}");
            error += seen.iter().zip(wanted).map(|(a, b)| u64::from(a.abs_diff(*b))).sum::<u64>();
            let rests = k > 0 && frames[k - 1].rgba[4 * at..][..4] == *wanted;
            assert!(!rests || all[k - 1][4 * at..][..4] == *seen, "pixel {at} of frame {k}");
        }
    }
    let mean = error as f64 / (frames.len() * frames[0].rgba.len()) as f64;
    assert!(mean < 2.0, "{mean}");
    assert!(sizes[8] < 60 && sizes[1] < sizes[0] / 2, "only what changes: {sizes:?}");
    assert_eq!(scenario_in(&bytes).as_deref(), Some("x = \"경사\""));
}

#[test]
fn a_mixture_has_the_mean_of_its_color() {
    // Two colors in the palette; a field between them.
    let field = |color: [u8; 3]| {
        let [r, g, b] = color;
        Pixels { width: SIZE[0], height: SIZE[1], rgba: [r, g, b, 255].repeat((SIZE[0] * SIZE[1]) as usize) }
    };
    let palette = palette(&[field([0, 0, 0]), field([200, 200, 200])]);
    for part in [40u8, 100, 160] {
        let (bytes, _) = file(Gif::new(reel(1), &palette).unwrap(), &[field([part; 3])], 0.1);
        let seen = seen_in_gif(&bytes).0.remove(0);
        let mean = seen.chunks_exact(4).map(|pixel| f64::from(pixel[0])).sum::<f64>() / (seen.len() / 4) as f64;
        assert!((mean - f64::from(part)).abs() < 15.0, "{part}: {mean}");
    }
}

#[test]
fn a_frame_of_another_size_is_refused() {
    let wrong = Pixels { width: 3, height: 3, rgba: vec![255; 36] };
    let short = Pixels { rgba: vec![0; 5], ..frames().remove(0) };
    let palette = palette(&[]);
    let films: [Box<dyn Film>; 3] = [
        Box::new(Apng::new(reel(1)).unwrap()),
        Box::new(Webp::new(reel(1)).unwrap()),
        Box::new(Gif::new(reel(1), &palette).unwrap()),
    ];
    for mut film in films {
        for frame in [&wrong, &short] {
            assert!(matches!(film.frame(frame, 0.1), Err(SceneError::OtherSize { .. })));
        }
    }
    for size in [[0, 5], [5, 0], [100_000, 5]] {
        let reel = || Reel { size, ..Reel::default() };
        assert!(Apng::new(reel()).is_err() && Webp::new(reel()).is_err() && Gif::new(reel(), &palette).is_err());
    }
}

#[test]
fn a_show_draws_what_each_scene_alone_is() {
    let shade = Pixels { width: 3, height: 2, rgba: (0..24).map(|k| if k % 4 == 3 { 255 } else { 10 * k }).collect() };
    let ink = Rgba::opaque([10, 20, 30]);
    let scene = |k: u32| {
        let x = 20.0 + 7.3 * f64::from(k);
        let map = Item::Image { rect: Rect::new(10.0, 10.0, 80.0, 60.0), pixels: shade.clone(), smooth: true };
        let line = Item::stroke(Path::line([0.0, 0.0], [100.0, 70.0]), Stroke::new(ink, 0.7));
        let ball = Item::fill(Path::circle([x, 30.0], 8.0), Rgba([200, 0, 0, 200]));
        // In some scenes a thing at the back is missing: nothing of it may stay.
        let under = if k % 4 == 3 { vec![map] } else { vec![map, line] };
        let pale = Item::Group { clip: None, opacity: 0.4, items: vec![ball.clone()] };
        let inner = Item::clipped(Rect::new(15.0, 5.0, 50.0, 40.5), vec![ball]);
        let words = Text {
            at: [10.0, 90.0],
            text: format!("step {k}"),
            size: 9.0,
            weight: Weight::Regular,
            color: ink,
            ..Text::default()
        };
        let items = vec![
            Item::clipped(Rect::new(12.5, 12.5, 70.0, 50.0), under.into_iter().chain([pale, inner]).collect()),
            Item::stroke(Path::rect(Rect::new(12.5, 12.5, 70.0, 50.0)), Stroke::new(ink, 1.0)),
            Item::Text(words),
        ];
        Scene {
            size: [100.0, 100.0],
            background: (k != 6).then_some(Rgba::opaque([255; 3])),
            items,
            about: About::default(),
        }
    };
    let mut show = Show::new(1.7);
    for k in [0, 1, 1, 2, 3, 4, 5, 6, 7] {
        assert!(show.pixels(scene(k)).unwrap() == pixels(&scene(k), 1.7).unwrap(), "scene {k}");
    }
    assert!(matches!(Show::new(0.0).pixels(scene(0)), Err(SceneError::Empty { .. })));
}
