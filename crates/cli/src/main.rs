//! The one binary. Reads the real clock and the real randomness and hands them down; everything else is below.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of the command line speaks there")]

mod alone;
mod args;
mod backup;
mod check;
mod customer;
mod demo;
mod doctor;
mod foresee;
mod house;
mod import;
mod init;
mod location;
mod log;
mod move_store;
mod plan;
mod progress;
mod publish;
mod real;
mod rehearse;
mod restore;
mod sealing;
mod serve;
mod work;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = Args::parse();
    log::start(args.log);
    log::tell_panics_by_place();
    let done = match args.command {
        Command::Check(check) => return check::run(&check),
        Command::Init(init) => init::run(&init),
        Command::Demo(demo) => house::block_on(demo::run(demo)),
        Command::Serve(serve) => house::block_on(serve::run(serve)),
        Command::Web(web) => house::block_on(serve::pages_only(web)),
        Command::Worker(work) => house::block_on(work::run(work)),
        Command::Import(import) => house::block_on(import::run(import)),
        Command::Publish(publish) => house::block_on(publish::run(publish)),
        Command::Rehearse(rehearse) => house::block_on(rehearse::run(rehearse)),
        Command::Plan(plan) => house::block_on(plan::run(plan)),
        Command::Customer(customer) => house::block_on(customer::run(customer)),
        Command::MoveStore(stores) => house::block_on(move_store::run(stores)),
        Command::Backup(backup) => house::block_on(backup::run(backup)),
        Command::Doctor(doctor) => house::block_on(doctor::run(doctor)),
        Command::Restore(restore) => house::block_on(restore::run(restore)),
    };
    match done {
        Ok(code) => code,
        Err(trouble) => {
            eprintln!("klantreis: {trouble}");
            ExitCode::FAILURE
        }
    }
}
