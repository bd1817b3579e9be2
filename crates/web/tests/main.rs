//! What the pages do, asked as a browser asks: by request and answer, on a store in memory and a clock that stands still.

mod house;
mod pages;
