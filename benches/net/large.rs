//! 784-512-10 on pictures: a step against nothing but its matrix products by the `gemm` crate, on one thread and on two, and
//! what it takes of memory.

use std::sync::Arc;

use downhill::nn::{Activation, Dataset, Features, Initializer, Loss, Precision, Recipe, Targets, Training, Values};
use downhill::objective::Batch;
use downhill::optim::find;

use super::{common, net};

const BATCH: usize = 128;
const STEPS: usize = 1;

/// Random pictures of ten classes.
fn pictures(rows: usize) -> Arc<Dataset> {
    let mut seed = 1_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 56) as u8
    };
    let pixels = (0..rows * 784).map(|_| next()).collect();
    Arc::new(Dataset {
        features: Features { names: (0..784).map(|k| format!("x{k}")).collect(), values: Values::Pixels(pixels) },
        targets: Targets::Classes {
            names: (0..10).map(|k| k.to_string()).collect(),
            labels: (0..rows).map(|k| (k % 10) as u32).collect(),
        },
    })
}

fn training(data: &Arc<Dataset>, optimizer: &str) -> Training {
    let net = net(784, &[512], Activation::Relu, 10);
    let first = Initializer::default().parameters(&net, 1);
    let mut recipe = Recipe::new(Loss::SoftmaxCrossEntropy, find(optimizer).expect("a rule"));
    recipe.settings[0] = 1e-4;
    recipe.batch = Batch { size: BATCH, seed: 0 };
    Training::new(&net, &first, data.clone(), &recipe, Precision::F32).expect("a training")
}

/// A matrix product `[m, k] · [k, n]` with the strides that a net's products have.
struct Product {
    size: [usize; 3],
    /// Whether the first and the second factor are transposes.
    transposed: [bool; 2],
    a: Vec<f32>,
    b: Vec<f32>,
    c: Vec<f32>,
}

impl Product {
    fn new(m: usize, k: usize, n: usize, transposed: [bool; 2]) -> Self {
        Self { size: [m, k, n], transposed, a: vec![0.5; m * k], b: vec![0.5; k * n], c: vec![0.0; m * n] }
    }

    fn run(&mut self) {
        let [m, k, n] = self.size;
        let strides = |transposed: bool, rows: usize, cols: usize| {
            if transposed { (rows as isize, 1) } else { (1, cols as isize) }
        };
        let ((ac, ar), (bc, br)) = (strides(self.transposed[0], m, k), strides(self.transposed[1], k, n));
        let (a, b, c) = (self.a.as_ptr(), self.b.as_ptr(), self.c.as_mut_ptr());
        #[allow(unsafe_code, reason = "the crate's interface takes pointers and strides")]
        // SAFETY: the strides stay inside the matrices.
        unsafe {
            let none = gemm::Parallelism::None;
            gemm::gemm(m, n, k, c, 1, n as isize, false, a, ac, ar, b, bc, br, 0.0, 1.0, false, false, false, none);
        }
    }
}

/// The products of a step: forward, and backward but for the derivatives by the inputs.
fn products() -> [Product; 5] {
    [
        Product::new(BATCH, 784, 512, [false, true]),
        Product::new(512, BATCH, 784, [true, false]),
        Product::new(BATCH, 512, 10, [false, true]),
        Product::new(10, BATCH, 512, [true, false]),
        Product::new(BATCH, 10, 512, [false, false]),
    ]
}

pub(crate) fn run() {
    let data = pictures(4096);
    for id in ["sgd", "rmsprop"] {
        let mut core = training(&data, id);
        let mut all = products();
        let (ours, products) = common::in_turns(
            200,
            || (0..STEPS).for_each(|_| _ = core.step()),
            || (0..STEPS).for_each(|_| all.iter_mut().for_each(Product::run)),
        );
        let flops: f64 = all.iter().map(|p| 2.0 * p.size.iter().product::<usize>() as f64).sum();
        println!(
            "784-512-10 relu, {id}, batch {BATCH}: {:>5.1} % of gemm's rate   ({:.0} against {:.0} µs a step, {:.0} GFlop/s)   target 85",
            100.0 * products.as_secs_f64() / ours.as_secs_f64(),
            ours.as_secs_f64() * 1e6 / STEPS as f64,
            products.as_secs_f64() * 1e6 / STEPS as f64,
            flops * STEPS as f64 / products.as_secs_f64() / 1e9,
        );
        two_threads(&data, id);
    }
    memory();
}

fn two_threads(data: &Arc<Dataset>, id: &str) {
    let (mut one, mut two) = (training(data, id), training(data, id));
    two.set_parts(2);
    let crew = |work: &(dyn Fn() + Sync)| {
        std::thread::scope(|scope| {
            scope.spawn(work);
            work();
        });
    };
    let (on_two, on_one) = common::in_turns(
        200,
        || (0..STEPS).for_each(|_| _ = two.step_with(&crew)),
        || (0..STEPS).for_each(|_| _ = one.step()),
    );
    println!(
        "784-512-10 relu, {id}, batch {BATCH}: {:>5.2} × on two threads   ({:.0} µs a step)   target 1.6",
        on_one.as_secs_f64() / on_two.as_secs_f64(),
        on_two.as_secs_f64() * 1e6 / STEPS as f64,
    );
}

/// What 60,000 pictures with RMSprop take, against the pictures, their labels, the weights and their states.
fn memory() {
    const ROWS: usize = 60_000;
    let taken = allocation_counter::measure(|| {
        let data = pictures(ROWS);
        let mut core = training(&data, "rmsprop");
        (0..3).for_each(|_| _ = core.step());
        core.measure(&data);
    });
    let parameters = 784 * 512 + 512 + 512 * 10 + 10;
    let needed = ROWS * 784 + ROWS * 4 + 2 * 4 * parameters;
    println!(
        "784-512-10 with 60,000 pictures: {:.2} × the data and the weights with their states   ({:.0} MB)   target 1.3",
        taken.bytes_max as f64 / needed as f64,
        taken.bytes_max as f64 / 1e6,
    );
}
