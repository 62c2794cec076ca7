//! Scenes and their files: what is drawn is the same in every format, text is text, sizes are checked first.

use std::sync::Arc;

use downhill::font;
use downhill::scene::{
    About, Anchor, Item, Path, Pixels, Rect, Rgba, Scene, SceneError, Segment, Stroke, Text, Weight, pdf, pixels, png,
    svg, width,
};
use resvg::usvg::{self, roxmltree};
use skrifa::{FontRef, MetadataProvider as _};

const INK: Rgba = Rgba::opaque([20, 30, 60]);
const RED: Rgba = Rgba::opaque([220, 40, 30]);
const HOSTILE: &str = "<script>&\"]]> 경사 하강 ∇f";

/// A scene of a hundred points with these things.
fn scene(items: Vec<Item>) -> Scene {
    Scene { size: [100.0, 100.0], background: Some(Rgba::opaque([255; 3])), items, about: About::default() }
}

fn text(at: [f64; 2], words: &str) -> Text {
    Text { at, text: words.to_owned(), size: 10.0, color: INK, ..Text::default() }
}

/// One of each: what the vocabulary can say.
fn everything() -> Vec<(&'static str, Vec<Item>)> {
    let checks =
        Pixels { width: 2, height: 2, rgba: vec![255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 9, 9, 9, 90] };
    let image = |smooth| vec![Item::Image { rect: Rect::new(10.0, 20.0, 70.0, 55.0), pixels: checks.clone(), smooth }];
    let star = Path::polygon([[50.0, 5.0], [80.0, 95.0], [5.0, 35.0], [95.0, 35.0], [20.0, 95.0]]);
    let bow = Path::polyline([[10.0, 80.0], [50.0, 10.0], [90.0, 80.0]]);
    let words = |change: &dyn Fn(&mut Text)| {
        let mut text = Text { size: 13.0, ..text([50.0, 50.0], "ηg ∇f 경사 →") };
        change(&mut text);
        vec![Item::Text(text)]
    };
    let disc = |x: f64| Item::fill(Path::circle([x, 50.0], 24.0), RED);
    let group = |clip, opacity| vec![Item::Group { clip, opacity, items: vec![disc(40.0), disc(60.0)] }];
    let outer = Rect::new(20.0, 30.5, 60.0, 30.25);
    vec![
        ("a star that crosses itself", vec![Item::fill(star.clone(), INK)]),
        (
            "a pale area with a line",
            vec![Item::Path { path: star, fill: Some(RED.faded(0.4)), stroke: Some(Stroke::new(INK, 1.5)) }],
        ),
        ("corners", vec![Item::stroke(bow.clone(), Stroke::new(INK, 9.0))]),
        ("round corners", vec![Item::stroke(bow.clone(), Stroke::new(INK, 9.0).rounded())]),
        ("dashes", vec![Item::stroke(bow.clone(), Stroke::new(RED, 2.0).dashed(&[6.0, 3.0, 1.0]))]),
        ("no pattern at all", vec![Item::stroke(bow, Stroke::new(RED, 2.0).dashed(&[0.0, -1.0]))]),
        ("rounded rectangle", vec![Item::fill(Path::rounded(Rect::new(10.0, 10.0, 80.0, 40.0), 12.0), INK)]),
        ("squares", image(false)),
        ("text", words(&|_| {})),
        ("text that ends", words(&|text| (text.anchor, text.weight) = (Anchor::End, Weight::Semibold))),
        ("text in the middle, upward", words(&|text| (text.anchor, text.turn) = (Anchor::Middle, 90.0))),
        ("text along a slope", words(&|text| (text.anchor, text.turn) = (Anchor::Middle, -31.5))),
        (
            "letters of one width with a seam",
            words(&|text| {
                (text.weight, text.halo, text.anchor) = (Weight::Mono, Some(RED), Anchor::Middle);
            }),
        ),
        ("a clipped group", group(Some(outer), 1.0)),
        ("a pale group", group(None, 0.5)),
        ("one in the other", vec![Item::clipped(Rect::new(0.0, 40.0, 55.0, 80.0), group(Some(outer), 0.6))]),
    ]
}

/// The SVG as another program's reader draws it, with the embedded faces as its fonts.
fn read_back(svg: &str, scale: f32) -> Pixels {
    let mut options = usvg::Options::default();
    for (_, bytes) in font::FACES {
        options.fontdb_mut().load_font_data(bytes.to_vec());
    }
    let ids: Vec<_> = options.fontdb.faces().map(|face| face.id).collect();
    options.font_resolver.select_font = Box::new(move |wanted, _: &mut Arc<usvg::fontdb::Database>| {
        let name = wanted.families().first()?.to_string().replace(['"', '\''], "");
        Some(ids[font::FACES.iter().position(|face| face.0 == name).unwrap_or_else(|| panic!("no face {name}"))])
    });
    // Each part names the face that has its characters; there is no other.
    options.font_resolver.select_fallback = Box::new(|_, _, _| None);
    // 72 dots to an inch: a point is a pixel.
    options.dpi = 72.0;
    let tree = usvg::Tree::from_str(svg, &options).unwrap();
    let size = tree.size().to_int_size().scale_by(scale).unwrap();
    let mut pixmap = tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(&tree, usvg::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    Pixels { width: size.width(), height: size.height(), rgba: pixmap.take() }
}

/// The mean difference of two pictures' bytes, of 255.
fn difference(a: &Pixels, b: &Pixels) -> f64 {
    assert_eq!(a.size(), b.size());
    let sum: u64 = a.rgba.iter().zip(&b.rgba).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / a.rgba.len() as f64
}

#[test]
fn another_reader_sees_in_the_svg_what_is_drawn() {
    let empty = pixels(&scene(Vec::new()), 3.0).unwrap();
    for (what, items) in everything() {
        let scene = scene(items);
        let drawn = pixels(&scene, 3.0).unwrap();
        let read = read_back(&svg(&scene), 3.0);
        assert!(difference(&drawn, &empty) > 0.5, "{what} is to be seen");
        assert!(difference(&drawn, &read) < 0.15, "{what}: {}", difference(&drawn, &read));
    }
}

#[test]
fn the_same_scene_gives_the_same_bytes() {
    let all = || scene(everything().into_iter().flat_map(|(_, items)| items).collect());
    assert_eq!(svg(&all()), svg(&all()));
    assert_eq!(png(&all(), 2.0).unwrap(), png(&all(), 2.0).unwrap());
}

#[test]
fn text_of_a_user_is_text_in_svg() {
    let mut scene = scene(vec![Item::Text(text([5.0, 50.0], &format!("{HOSTILE}\u{1}\u{7f}\n")))]);
    scene.about = About { title: HOSTILE.to_owned(), description: "a\u{0}b".to_owned(), scenario: HOSTILE.to_owned() };
    let file = svg(&scene);
    let document = roxmltree::Document::parse(&file).unwrap();
    let words = |name: &str| -> String {
        let node = document.descendants().find(|node| node.tag_name().name() == name).unwrap();
        node.descendants().filter_map(|node| node.is_text().then(|| node.text()).flatten()).collect()
    };
    assert_eq!(words("text"), HOSTILE);
    assert_eq!(words("title"), HOSTILE);
    assert_eq!(words("scenario"), HOSTILE);
    assert_eq!(words("desc"), "ab");
    assert!(document.descendants().all(|node| node.tag_name().name() != "script"));
}

/// Bytes of base64.
fn decoded(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => c - b'A',
        b'a'..=b'z' => c - b'a' + 26,
        b'0'..=b'9' => c - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u32> = text.bytes().filter(|c| *c != b'=').map(|c| u32::from(value(c))).collect();
    digits
        .chunks(4)
        .flat_map(|part| {
            let word = part.iter().enumerate().fold(0, |word, (k, digit)| word | digit << (18 - 6 * k));
            word.to_be_bytes()[1..part.len()].to_vec()
        })
        .collect()
}

#[test]
fn the_glyphs_travel_with_the_svg() {
    let file = svg(&scene(vec![Item::Text(text([5.0, 50.0], "ab 경∇"))]));
    let fonts: Vec<Vec<u8>> =
        file.split("base64,").skip(1).map(|rest| decoded(&rest[..rest.find(')').unwrap()])).collect();
    assert_eq!(fonts.len(), 2, "two faces draw it");
    for (bytes, characters) in fonts.iter().zip(["ab 경", "∇"]) {
        assert!(bytes.len() < 20_000, "only what is used: {}", bytes.len());
        let font = FontRef::new(bytes).unwrap();
        for tag in [b"OS/2", b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"post"] {
            assert!(font.table_data(skrifa::Tag::new(tag)).is_some(), "browsers want {tag:?}");
        }
        assert!(font.charmap().map('z').is_none());
        let mut advance = 0.0;
        for c in characters.chars() {
            let glyph = font.charmap().map(c).unwrap();
            advance += font
                .glyph_metrics(skrifa::instance::Size::new(10.0), skrifa::instance::LocationRef::default())
                .advance_width(glyph)
                .unwrap();
            assert!(font.outline_glyphs().get(glyph).is_some(), "{c}");
        }
        assert!((f64::from(advance) - width(characters, 10.0, Weight::Regular)).abs() < 1e-3, "{characters}");
    }
}

#[test]
fn a_text_is_as_wide_as_it_says() {
    for weight in [Weight::Regular, Weight::Semibold, Weight::Mono] {
        // A glyph leaves some room in its cell, by no means half of it.
        for (anchor, start) in [(Anchor::Start, 0.0), (Anchor::Middle, -0.5), (Anchor::End, -1.0)] {
            let words = Text { anchor, weight, size: 8.0, ..text([50.0, 50.0], "Hello 경사") };
            let drawn = pixels(&scene(vec![Item::Text(words)]), 4.0).unwrap();
            let dark = |x: u32| (0..400).any(|y| drawn.rgba[4 * (y * 400 + x) as usize] < 128);
            let (first, last) = ((0..400).find(|x| dark(*x)).unwrap(), (0..400).rfind(|x| dark(*x)).unwrap());
            let length = width("Hello 경사", 8.0, weight);
            let from = 50.0 + start * length;
            assert!((f64::from(first) / 4.0 - from).abs() < 1.5, "{weight:?} {anchor:?}");
            assert!((f64::from(last) / 4.0 - (from + length)).abs() < 1.5, "{weight:?} {anchor:?}");
        }
    }
    assert_eq!(width("", 10.0, Weight::Regular), 0.0);
    assert_eq!(width("12345", 10.0, Weight::Regular), width("00000", 10.0, Weight::Regular));
}

#[test]
fn a_place_that_is_not_finite_is_a_gap() {
    let (a, b, c, d) = ([0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0]);
    let gap = [f64::NAN, 0.0];
    let path = Path::polyline([gap, a, b, gap, [0.0, f64::INFINITY], c, gap, c, d]);
    let expected = [Segment::MoveTo(a), Segment::LineTo(b), Segment::MoveTo(c), Segment::LineTo(d)];
    assert_eq!(path.segments(), expected);
    let mut closed = Path::polygon([a, b]);
    closed.line_to(c).cubic_to(a, b, d);
    assert!(matches!(closed.segments()[3..], [Segment::MoveTo(_), Segment::CubicTo(_)]));
}

#[test]
fn paths_are_short_in_svg_and_do_not_drift() {
    let fine = (0..=3000).map(|k| [f64::from(k) / 30.0, 50.0 + f64::from(k % 7) / 3.0]);
    let file = svg(&scene(vec![Item::stroke(Path::polyline(fine), Stroke::new(INK, 1.0))]));
    assert!(file.len() < 3001 * 8 + 1000, "{}", file.len());
    let data = file.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut at = 0.0;
    for step in data[1..].replace('l', " ").replace('-', " -").split_whitespace().step_by(2) {
        at += step.parse::<f64>().unwrap();
    }
    assert!((at - 100.0).abs() < 1e-6, "{at}");
}

#[test]
fn sizes_are_checked_before_anything_is_made() {
    let of = |width: f64, height: f64| Scene { size: [width, height], ..Scene::default() };
    for (size, scale) in [([0.0, 10.0], 1.0), ([10.0, f64::NAN], 1.0), ([10.0, 10.0], 0.0), ([-3.0, 10.0], 1.0)] {
        assert!(matches!(pixels(&of(size[0], size[1]), scale), Err(SceneError::Empty { .. })), "{size:?} × {scale}");
    }
    for (size, scale) in
        [([100_000.0, 10.0], 1.0), ([10.0, 10.0], 1e9), ([30_000.0, 30_000.0], 1.0), ([f64::INFINITY, 1.0], 1.0)]
    {
        assert!(matches!(png(&of(size[0], size[1]), scale), Err(SceneError::TooLarge { .. })), "{size:?} × {scale}");
    }
}

#[test]
fn a_png_says_how_large_it_is_meant() {
    let bytes = png(&scene(Vec::new()), 300.0 / 72.0).unwrap();
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    assert_eq!(reader.info().size(), (417, 417));
    let dims = reader.info().pixel_dims.unwrap();
    assert_eq!((dims.xppu, dims.unit), (11_811, png::Unit::Meter), "300 dots to an inch");
}

/// The streams of a PDF file with their dictionaries, unpacked where they are packed.
fn streams(file: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for object in split(file, b" 0 obj\n").skip(1) {
        let Some(at) = object.windows(8).position(|part| part == b">>\nstrea") else { continue };
        let entries = String::from_utf8(object[..at].to_vec()).unwrap();
        let length: usize = entries.rsplit("/Length ").next().unwrap().parse().unwrap();
        let data = &object[at + 10..][..length];
        assert!(object[at + 10 + length..].starts_with(b"\nendstream"), "{entries}");
        let mut unpacked = Vec::new();
        if entries.contains("/FlateDecode") {
            std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(data), &mut unpacked).unwrap();
        } else {
            unpacked.extend(data);
        }
        found.push((entries, unpacked));
    }
    found
}

fn split<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let whole = rest?;
        let at = whole.windows(mark.len()).position(|part| part == mark);
        rest = at.map(|at| &whole[at + mark.len()..]);
        Some(&whole[..at.unwrap_or(whole.len())])
    })
}

#[test]
fn text_can_be_copied_out_of_a_pdf() {
    let words = "Δ경사 하강 <script>&\"";
    let mut scene = scene(vec![Item::Text(text([5.0, 50.0], words))]);
    scene.about.title = "제목 (1)".to_owned();
    let file = pdf(&scene).unwrap();
    let streams = streams(&file);
    let with = |mark: &str| streams.iter().filter(|(_, data)| String::from_utf8_lossy(data).contains(mark)).count();
    assert_eq!((with("beginbfchar"), with(" Tm ")), (1, 1), "one font, one page");
    let page = streams.iter().find(|(_, data)| data.ends_with(b"ET\nQ\n")).unwrap();
    let page = String::from_utf8(page.1.clone()).unwrap();
    let glyphs = page.split("Tm <").nth(1).unwrap().split('>').next().unwrap();
    let mapping = streams.iter().find(|(_, data)| data.starts_with(b"/CIDInit")).unwrap();
    let mapping = String::from_utf8(mapping.1.clone()).unwrap();
    let units = |digits: &str| -> Vec<u16> {
        digits
            .as_bytes()
            .chunks(4)
            .map(|four| u16::from_str_radix(std::str::from_utf8(four).unwrap(), 16).unwrap())
            .collect()
    };
    let pairs: std::collections::BTreeMap<u16, u16> = mapping
        .lines()
        .filter_map(|line| {
            let (glyph, code) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("><")?;
            Some((units(glyph)[0], units(code)[0]))
        })
        .collect();
    let copied: Vec<u16> = units(glyphs).iter().map(|glyph| pairs[glyph]).collect();
    assert_eq!(String::from_utf16(&copied).unwrap(), words);
    let (entries, outlines) = streams.iter().find(|(entries, _)| entries.contains("CIDFontType0C")).unwrap();
    assert!(outlines.starts_with(&[1, 0]) && outlines.len() < 20_000, "{entries}");
    let title = "FEFFC81CBAA9002000280031".to_owned();
    assert!(String::from_utf8_lossy(&file).contains(&format!("/Title<{title}")), "in UTF-16");
}

#[test]
fn a_pdf_holds_together() {
    let mut scene = scene(everything().into_iter().flat_map(|(_, items)| items).collect());
    scene.about.scenario = "x = 1".to_owned();
    let file = pdf(&scene).unwrap();
    assert_eq!(file, pdf(&scene).unwrap());
    let tail = String::from_utf8_lossy(&file[file.len() - 40..]).into_owned();
    let start: usize = tail.split("startxref\n").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
    let table = std::str::from_utf8(&file[start..]).unwrap();
    let offsets =
        table.lines().filter_map(|line| line.strip_suffix(" 00000 n ")).map(|offset| offset.parse::<usize>().unwrap());
    let mut count = 0;
    for (k, offset) in offsets.enumerate() {
        assert!(file[offset..].starts_with(format!("{} 0 obj\n", k + 1).as_bytes()), "object {}", k + 1);
        count += 1;
    }
    assert!(count > 10);
    // As many states, pictures and fonts are used as are declared.
    let body = streams(&file).iter().map(|(_, data)| String::from_utf8_lossy(data).into_owned()).collect::<String>();
    let whole = String::from_utf8_lossy(&file);
    for name in ["/F0", "/F1", "/F2", "/G0", "/G1", "/X0", "/X1"] {
        assert!(body.contains(&format!("{name} ")), "{name} is used");
        assert!(whole.contains(&format!("{name} ")) || whole.contains(&format!("{name}<")), "{name} is declared");
    }
    for size in [[0.0, 10.0], [f64::NAN, 10.0]] {
        assert!(matches!(pdf(&Scene { size, ..Scene::default() }), Err(SceneError::Empty { .. })));
    }
    assert!(matches!(pdf(&Scene { size: [1e5, 10.0], ..Scene::default() }), Err(SceneError::TooLarge { .. })));
}
