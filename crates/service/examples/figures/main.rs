//! What `bench/run` measures of the shell, without pages: `cargo run --release -p service --example figures -- PART [NUMBER…]`,
//! into a SQLite file, or into the empty PostgreSQL that `KLANTREIS_STORE` names.

#![expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a measurement is told")]

mod armed;
mod house;
mod intake;
mod lateness;
mod moments;

use house::Trouble;

#[tokio::main]
async fn main() -> Result<(), Trouble> {
    let mut args = std::env::args().skip(1);
    let part = args.next().unwrap_or_default();
    if part == "fill" {
        return armed::run(args).await;
    }
    let numbers: Vec<usize> = args.map(|word| word.parse()).collect::<Result<_, _>>()?;
    match part.as_str() {
        "intake" => intake::run(&numbers).await,
        "moments" => moments::run(&numbers).await,
        "lateness" => lateness::run(&numbers).await,
        _ => Err("a part is intake, moments, lateness or fill".into()),
    }
}
