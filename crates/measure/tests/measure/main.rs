//! What the measuring does, on hand-made cases, against slow and obvious counting, and on real logs.

mod columns;
mod documentation;
mod funnels;
mod kernels;
mod logs;
mod naive;
mod real_logs;
mod summaries;
