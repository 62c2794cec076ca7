//! Work in the background: a job on a thread of its own, what it hands over on the way, and its end.
//!
//! A job is known by a key: everything that its result depends on. Asked for again with the same key it goes on (or is
//! done already); with another key the old one is given up and a new one begins. What it hands over are immutable
//! snapshots, so the window never waits. A window that is drawn without a display runs its jobs at once, to the end, in
//! the frame that asks: the same picture every time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use egui::Context;

/// The jobs of one kind, of which the newest matters.
pub(super) struct Jobs<K, T> {
    at_once: bool,
    job: Option<Job<K, T>>,
    /// The newest snapshot of a job before this one, to be shown until there is one of this.
    before: Option<Arc<T>>,
}

struct Job<K, T> {
    key: K,
    shared: Arc<Shared<T>>,
    began: Instant,
}

struct Shared<T> {
    cancelled: AtomicBool,
    news: Mutex<News<T>>,
}

struct News<T> {
    snapshot: Option<Arc<T>>,
    share: f32,
    ended: bool,
}

/// How a job is, for its progress bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Going {
    /// The share that is done, 0 to 1.
    pub share: f32,
    /// About how much longer it takes; none in the first moments.
    pub left: Option<Duration>,
}

/// What a job knows of those who wait for it.
pub(super) struct Reporter<T> {
    shared: Arc<Shared<T>>,
    ctx: Context,
}

/// What follows from snapshots is shown so often at most.
pub(super) const EVERY: Duration = Duration::from_millis(80);

impl<K: PartialEq, T: Send + Sync + 'static> Jobs<K, T> {
    /// No job yet; `at_once` for a window without a display.
    pub(super) fn new(at_once: bool) -> Self {
        Self { at_once, job: None, before: None }
    }

    /// Makes the job of this key the one that is wanted: begins it unless it runs or is done.
    pub(super) fn ask(&mut self, ctx: &Context, key: K, work: impl FnOnce(&Reporter<T>) + Send + 'static) {
        if self.job.as_ref().is_some_and(|job| job.key == key) {
            return;
        }
        self.before = self.snapshot();
        self.drop_job();
        let news = Mutex::new(News { snapshot: None, share: 0.0, ended: false });
        let shared = Arc::new(Shared { cancelled: AtomicBool::new(false), news });
        self.job = Some(Job { key, shared: shared.clone(), began: Instant::now() });
        let reporter = Reporter { shared, ctx: ctx.clone() };
        let run = move || {
            work(&reporter);
            reporter.end();
        };
        if self.at_once {
            run();
        } else if std::thread::Builder::new().name("job".to_owned()).spawn(run).is_err() {
            // The machine has no thread left: the job is over before it began.
            self.cancel();
        }
    }

    /// Gives up the job; what it has handed over stays, and it is not begun again until the key changes.
    pub(super) fn cancel(&mut self) {
        if let Some(job) = &self.job {
            job.shared.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Forgets the job and what it has handed over.
    pub(super) fn forget(&mut self) {
        self.drop_job();
        self.before = None;
    }

    fn drop_job(&mut self) {
        self.cancel();
        self.job = None;
    }

    /// The newest that was handed over; of the job before while there is nothing of this one.
    pub(super) fn snapshot(&self) -> Option<Arc<T>> {
        let own = self.job.as_ref().and_then(|job| job.shared.lock().snapshot.clone());
        own.or_else(|| self.before.clone())
    }

    /// How far the job is; none when it is over or was given up.
    pub(super) fn going(&self) -> Option<Going> {
        let job = self.job.as_ref()?;
        let (share, ended) = {
            let news = job.shared.lock();
            (news.share, news.ended)
        };
        if ended || job.shared.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let spent = job.began.elapsed();
        let known = share > 0.02 && spent > Duration::from_millis(200);
        Some(Going { share, left: known.then(|| spent.mul_f32((1.0 - share) / share)) })
    }

    /// Whether the job's thread is not back yet, given up or not.
    pub(super) fn is_working(&self) -> bool {
        self.job.as_ref().is_some_and(|job| !job.shared.lock().ended)
    }

    /// Whether the job was given up before its end.
    pub(super) fn is_cancelled(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.shared.cancelled.load(Ordering::Relaxed))
    }
}

impl<K, T> Drop for Jobs<K, T> {
    fn drop(&mut self) {
        if let Some(job) = &self.job {
            job.shared.cancelled.store(true, Ordering::Relaxed);
        }
    }
}

impl<T> Shared<T> {
    fn lock(&self) -> std::sync::MutexGuard<'_, News<T>> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Reporter<T> {
    /// Whether nobody wants the result any more.
    pub(super) fn cancelled(&self) -> bool {
        self.shared.cancelled.load(Ordering::Relaxed)
    }

    /// Hands over what there is, and which share of the work that is.
    pub(super) fn hand_over(&self, snapshot: T, share: f32) {
        if self.cancelled() {
            return;
        }
        let mut news = self.shared.lock();
        (news.snapshot, news.share) = (Some(Arc::new(snapshot)), share);
        drop(news);
        self.ctx.request_repaint();
    }

    /// Says which share of the work is done.
    pub(super) fn progress(&self, share: f32) {
        self.shared.lock().share = share;
    }

    fn end(&self) {
        self.shared.lock().ended = true;
        self.ctx.request_repaint();
    }
}

/// Runs a piece of work on all threads of the machine and returns when all are back.
pub(super) fn crew(work: &(dyn Fn() + Sync)) {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_known_by_its_key() {
        let ctx = Context::default();
        let mut jobs: Jobs<u8, u32> = Jobs::new(true);
        jobs.ask(&ctx, 1, |reporter| reporter.hand_over(10, 1.0));
        assert_eq!((jobs.snapshot().as_deref(), jobs.going()), (Some(&10), None));
        jobs.ask(&ctx, 1, |reporter| reporter.hand_over(11, 1.0));
        assert_eq!(jobs.snapshot().as_deref(), Some(&10), "the same key is not computed again");
        jobs.ask(&ctx, 2, |_| {});
        assert_eq!(jobs.snapshot().as_deref(), Some(&10), "the old one is shown until there is a new one");
        jobs.forget();
        assert_eq!(jobs.snapshot(), None);
    }

    #[test]
    fn a_job_that_is_superseded_or_given_up_leaves_nothing() {
        let ctx = Context::default();
        let mut jobs: Jobs<u8, u32> = Jobs::new(false);
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let (done, ended) = std::sync::mpsc::channel::<bool>();
        jobs.ask(&ctx, 1, move |reporter| {
            _ = wait.recv();
            reporter.hand_over(1, 1.0);
            _ = done.send(reporter.cancelled());
        });
        assert!(jobs.going().is_some_and(|going| going.share == 0.0));
        jobs.ask(&ctx, 2, |_| {});
        _ = go.send(());
        assert_eq!(ended.recv(), Ok(true), "the first job has learned that nobody waits for it");
        assert_eq!(jobs.snapshot(), None);
        jobs.cancel();
        assert!(jobs.is_cancelled() && jobs.going().is_none());
    }
}
