//! The relief: what is seen is where it is, what is behind a hill is hidden, what has no value is open, paths lie on the
//! ground and jumps fly over it.

use downhill::chart::hop::Hop;
use downhill::chart::relief::{Eye, Ink, Picture, RISE, Raster, Relief, lay};
use downhill::chart::{Field, Tone, ToneKind, View};
use downhill::session::Camera;

const SIZE: [f64; 2] = [400.0, 300.0];

fn relief(f: impl Fn(f64, f64) -> f64, kind: ToneKind) -> Relief {
    let view = View { x: [-2.0, 2.0], y: [-1.0, 3.0] };
    let field = Field::sample(view, [121, 121], |xs, ys, out| {
        for (k, value) in out.iter_mut().enumerate() {
            *value = f(xs[k], ys[k]);
        }
    });
    Relief::of(&field, &Tone::of(&field, kind), kind)
}

fn linear(f: impl Fn(f64, f64) -> f64) -> Relief {
    relief(f, ToneKind::Linear)
}

fn camera(yaw: f64, pitch: f64) -> Camera {
    Camera { yaw, pitch, ..Camera::default() }
}

fn eye(relief: &Relief, camera: Camera) -> Eye {
    Eye::new(&camera, relief.half, SIZE)
}

const GROUND: [f32; 3] = [100.0, 120.0, 140.0];

fn draw(relief: &Relief, eye: &Eye, smooth: bool) -> Picture {
    let ink = Ink { ground: GROUND, line: [0.0; 3], cover: 1.0 };
    Raster { inks: &[ink; 4], levels: &[0.5], density: 1.0, smooth }.draw(&relief.mesh, eye, SIZE)
}

fn bowl(x: f64, y: f64) -> f64 {
    x * x + (y - 1.0) * (y - 1.0)
}

fn eggs(x: f64, y: f64) -> f64 {
    (3.0 * x).sin() + (2.0 * y).cos()
}

#[test]
fn what_is_seen_is_found_under_the_pointer() {
    for (f, kind) in [(bowl as fn(f64, f64) -> f64, ToneKind::Linear), (eggs, ToneKind::Linear), (bowl, ToneKind::Log)]
    {
        let relief = relief(f, kind);
        for (yaw, pitch) in [(-60.0, 36.0), (20.0, 70.0), (179.0, 15.0), (-90.0, 90.0)] {
            let zoomed = Camera { zoom: 1.3, target: [0.1, -0.2, 0.05], ..camera(yaw, pitch) };
            let eye = eye(&relief, zoomed);
            let picture = draw(&relief, &eye, false);
            let mut found = 0;
            for k in 0..200 {
                let place = [-1.9 + 3.8 * f64::from(k % 17) / 16.0, -0.9 + 3.8 * f64::from(k / 17) / 11.0];
                let [x, y] = relief.ground(place);
                let z = relief.height([x, y]).unwrap();
                let seen = eye.see([x, y, z]);
                // At a rim a hair decides between the hill and what is behind it.
                let near = |by: [f64; 2]| {
                    let mut seen = seen;
                    seen.at = [seen.at[0] + by[0], seen.at[1] + by[1]];
                    picture.hides(seen)
                };
                if [[0.0, 0.0], [2.0, 0.0], [-2.0, 0.0], [0.0, 2.0], [0.0, -2.0]].into_iter().any(near) {
                    continue;
                }
                let Some(there) = relief.pick(&eye, seen.at) else { continue };
                let [x, y] = relief.ground(there);
                let again = eye.see([x, y, relief.height([x, y]).unwrap()]);
                let off = (again.at[0] - seen.at[0]).abs().max((again.at[1] - seen.at[1]).abs());
                // Never farther than what was meant; a rim may be a hair nearer.
                let near = (0.9999..1.03).contains(&(again.near / seen.near));
                assert!(off < 0.01 && near, "{place:?} was found at {there:?}, yaw {yaw}, pitch {pitch}");
                found += 1;
            }
            assert!(found > 40, "only {found} places are in sight from {yaw}, {pitch}");
        }
        assert_eq!(relief.pick(&eye(&relief, Camera::default()), [1.0, 1.0]), None, "beside the surface is nothing");
    }
}

#[test]
fn hills_hide_what_is_behind_them() {
    // A ridge along x; the eye stands at the side of low y.
    let relief = linear(|_, y| (-8.0 * (y - 1.0) * (y - 1.0)).exp());
    let behind = [0.0, relief.ground([0.0, 1.8])[1], 0.0];
    let before = [0.0, relief.ground([0.0, 0.2])[1], 0.0];
    for (pitch, hidden) in [(12.0, true), (90.0, false)] {
        let eye = eye(&relief, camera(-90.0, pitch));
        for smooth in [false, true] {
            let picture = draw(&relief, &eye, smooth);
            assert_eq!(picture.size, [400, 300]);
            assert_eq!(picture.hides(eye.see(behind)), hidden, "from {pitch} degrees");
            let z = relief.height([before[0], before[1]]).unwrap();
            assert!(!picture.hides(eye.see([before[0], before[1], z])), "what lies on the surface is not hidden by it");
        }
    }
}

#[test]
fn the_eye_stands_where_the_camera_says() {
    let relief = linear(bowl);
    let south = eye(&relief, camera(-90.0, 30.0));
    let at = |eye: &Eye, place: [f64; 3]| eye.see(place).at;
    assert!(at(&south, [1.0, 0.0, 0.0])[0] > at(&south, [-1.0, 0.0, 0.0])[0], "x to the right");
    assert!(at(&south, [0.0, 1.0, 0.0])[1] < at(&south, [0.0, -1.0, 0.0])[1], "y to the back");
    assert!(south.see([0.0, -1.0, 0.0]).near > south.see([0.0, 1.0, 0.0]).near);
    for yaw in (-180..180).step_by(15) {
        for pitch in [0.0, 36.0, 60.0, 90.0] {
            let eye = eye(&relief, camera(f64::from(yaw), pitch));
            for corner in 0..8 {
                let side = |bit: u32, k: usize| if corner >> bit & 1 == 1 { relief.half[k] } else { -relief.half[k] };
                let [x, y] = at(&eye, [side(0, 0), side(1, 1), if corner > 3 { RISE } else { 0.0 }]);
                // From straight above a square is as high as wide.
                let inside = (0.0..=SIZE[0]).contains(&x) && (-60.0..=SIZE[1] + 60.0).contains(&y);
                assert!(inside, "corner {corner} at {x}, {y} from {yaw}, {pitch}");
            }
        }
    }
    let nearer = Eye::new(&south.zoomed(camera(-90.0, 30.0), 1.5, [150.0, 120.0]), relief.half, SIZE);
    let place = relief.pick(&south, [150.0, 120.0]).map(|place| relief.ground(place)).unwrap();
    let [x, y] = at(&nearer, [place[0], place[1], relief.height(place).unwrap()]);
    assert!((x - 150.0).abs() < 6.0 && (y - 120.0).abs() < 6.0, "what is under the pointer stays there: {x}, {y}");
    let panned = south.panned(camera(-90.0, 30.0), [30.0, 0.0]);
    let moved = Eye::new(&panned, relief.half, SIZE);
    let by = at(&moved, [0.0, 0.0, 0.5 * RISE])[0] - at(&south, [0.0, 0.0, 0.5 * RISE])[0];
    assert!((by - 30.0).abs() < 1.0, "the middle moves with the hand: {by}");
}

#[test]
fn level_ground_has_the_color_of_the_scale_and_slopes_their_shade() {
    let flat = linear(|_, _| 3.0);
    let eye = eye(&flat, camera(-60.0, 60.0));
    let middle = |relief: &Relief| {
        let picture = draw(relief, &eye, true);
        let [x, y] = eye.see([0.0, 0.0, 0.0]).at;
        picture.pixels[y as usize * 400 + x as usize]
    };
    let [r, g, b, cover] = middle(&flat);
    assert_eq!(cover, 255);
    for (part, want) in [r, g, b].into_iter().zip(GROUND) {
        assert!((f32::from(part) - want).abs() <= 2.0, "{part} for {want}");
    }
    // The light comes from the left: what falls to the right is darker than what falls to the left.
    let toward = |sign: f64| linear(move |x, y| sign * (eye.right[0] * x + eye.right[1] * (y - 1.0)));
    assert!(middle(&toward(1.0))[0] > middle(&toward(-1.0))[0] + 20);
    let picture = draw(&flat, &eye, false);
    assert_eq!(picture.pixels[0], [0; 4], "nothing beside the surface");
}

#[test]
fn contour_lines_lie_on_the_surface() {
    let relief = linear(bowl);
    let eye = eye(&relief, camera(-90.0, 90.0));
    let picture = draw(&relief, &eye, true);
    let dark = picture.pixels.iter().filter(|p| p[3] == 255 && p[0] < 30).count();
    let lit = picture.pixels.iter().filter(|p| p[3] == 255).count();
    assert!(dark > 150 && dark * 10 < lit, "{dark} of {lit} pixels are a line");
}

#[test]
fn a_plain_at_the_height_of_a_contour_line_keeps_its_color() {
    // Half of it stands at the level, which is a line on the slope beside it only.
    let relief = linear(|x, _| if x > 0.0 { 0.5 } else { 0.5 + 0.25 * x });
    let eye = eye(&relief, camera(-90.0, 90.0));
    let level = relief.mesh.vertices.last().map_or(0.0, |vertex| f64::from(vertex.tone));
    let ink = Ink { ground: GROUND, line: [0.0; 3], cover: 1.0 };
    let raster = Raster { inks: &[ink; 4], levels: &[level], density: 1.0, smooth: true };
    let picture = raster.draw(&relief.mesh, &eye, SIZE);
    let [x, y] = eye.see([0.5, 0.0, RISE]).at;
    let plain = picture.pixels[y as usize * 400 + x as usize];
    assert!(plain[0] > 80, "the plain is drawn like a line: {plain:?}");
}

#[test]
fn what_has_no_value_is_open_and_poles_are_cut() {
    let half = linear(|x, y| if x < 0.0 { f64::NAN } else { y });
    assert!(half.height(half.ground([-1.0, 0.0])).is_none() && half.height(half.ground([1.0, 0.0])).is_some());
    for (name, relief, cuts) in [
        ("open", &half, [false, false]),
        ("bowl", &linear(bowl), [false, false]),
        ("pole", &linear(|x, y| 1.0 / (x * x) + y), [false, true]),
        ("odd pole", &linear(|x, y| 1.0 / (x + 0.01) + y), [true, true]),
        ("well", &linear(|x, y| -(-400.0 * bowl(x, y)).exp()), [false, false]),
        ("nothing", &linear(|_, _| f64::NAN), [false, false]),
        ("infinite", &linear(|x, _| 1e300 * x.exp()), [false, false]),
    ] {
        assert_eq!(relief.heights.cuts().map(|cut| cut.is_some()), cuts, "{name}");
        for triangle in &relief.mesh.triangles {
            for vertex in triangle.map(|k| relief.mesh.vertices[k as usize]) {
                let inside = (-1e-5..=RISE as f32 + 1e-5).contains(&vertex.at[2]);
                assert!(inside && vertex.normal.iter().all(|v| v.is_finite()), "{name}: {vertex:?}");
            }
        }
        assert_eq!(relief.rims.is_empty(), cuts == [false, false], "{name}: a cut has a rim");
        assert_eq!(relief.mesh.triangles.is_empty(), name == "nothing");
    }
    let odd = linear(|x, y| 1.0 / (x + 0.01) + y);
    let across = |triangle: &&[u32; 3]| {
        let x = triangle.map(|k| odd.mesh.vertices[k as usize].at[0]);
        x.iter().any(|x| *x < -0.01) && x.iter().any(|x| *x > 0.0)
    };
    assert_eq!(odd.mesh.triangles.iter().filter(across).count(), 0, "no wall through infinity");
}

#[test]
fn normals_are_those_of_the_surface() {
    let relief = linear(bowl);
    let top = relief.heights.value(1.0) - relief.heights.value(0.0);
    for place in [[0.5, 1.5], [-1.2, 0.3], [0.0, 1.0]] {
        let normal = relief.normal(relief.ground(place));
        // In the box 2 units of x are 4 of the data, and RISE is all of the height.
        let slope = [2.0 * place[0], 2.0 * (place[1] - 1.0)].map(|slope| slope * 2.0 * RISE / top);
        let length = (slope[0] * slope[0] + slope[1] * slope[1] + 1.0).sqrt();
        for (have, want) in normal.into_iter().zip([-slope[0] / length, -slope[1] / length, 1.0 / length]) {
            assert!((have - want).abs() < 0.02, "{have} for {want}");
        }
    }
}

#[test]
fn paths_lie_on_the_ground_and_jumps_fly_over_it() {
    let relief = linear(bowl);
    let eye = eye(&relief, Camera::default());
    let rolled: Vec<[f64; 2]> = (0..40).map(|k| [-1.5 + 0.04 * f64::from(k), 1.0]).collect();
    let pieces = lay(&relief, &eye, &rolled);
    assert_eq!(pieces.len(), 1);
    assert!(pieces[0].iter().all(|laid| !laid.air) && pieces[0].windows(2).all(|w| w[0].time < w[1].time));
    let picture = draw(&relief, &eye, false);
    let hidden = pieces[0].iter().filter(|laid| picture.hides(laid.seen)).count();
    assert_eq!(hidden, 0, "the far side of a bowl is in sight, and a path on it, too");

    let over = [[-1.5, 1.0], [1.4, 1.0]];
    let hop = relief.hop(over[0], over[1]).unwrap();
    for k in 1..20 {
        let t = f64::from(k) / 20.0;
        let (place, air) = relief.on_the_way(over[0], over[1], t).unwrap();
        let ground = relief.height([place[0], place[1]]).unwrap();
        assert!(air && place[2] > ground && (place[2] - hop.height(t) * RISE).abs() < 1e-12);
    }
    assert!(lay(&relief, &eye, &over)[0].iter().filter(|laid| laid.air).count() > 10);
    assert_eq!(relief.hop(rolled[0], rolled[1]), None, "a short step rolls");
    // A step that leaves the box over the valley flies as far as its side.
    let beyond = [[-1.5, 1.0], [9.0, 1.0]];
    let flight = &lay(&relief, &eye, &beyond)[0];
    assert!(flight.len() > 10 && flight.iter().skip(1).all(|laid| laid.air && laid.time < 0.4));
    assert_eq!(relief.on_the_way(beyond[0], beyond[1], 0.9), None);
    // Out of the box the path ends and where it comes back it goes on.
    let out = [[0.0, 1.0], [0.2, 9.0], [0.4, 1.0]];
    let pieces = lay(&relief, &eye, &out);
    assert_eq!(pieces.len(), 2);
    assert!(lay(&relief, &eye, &[[f64::NAN, 1.0], [1e300, f64::INFINITY]]).is_empty());
    assert_eq!(Hop::over(f64::NAN, &[0.0, 1.0, 0.0]), None);
}
