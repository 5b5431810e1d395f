#include "cli/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <thread>

#include "campaign/nearest.h"

namespace redflag {
namespace {

Exit complain(Exit exit, const std::string& what) {
  fmt::print(stderr, "redflag: {}\n", what);
  return exit;
}

// What was asked for and could not be printed, on a full disk say, was not done. A reader that has
// gone (SIGPIPE) ends the process before this.
Exit printed(Exit exit) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit;
  return complain(Exit::cannot_run, fmt::format("cannot print: {}", std::strerror(errno)));
}

// CLI11 says of a mistyped verb only that it was not expected.
std::string explain(const CLI::App& command, const CLI::ParseError& error, int argc, char** argv) {
  std::vector<std::string> verbs;
  for (const auto* verb : command.get_subcommands({})) verbs.push_back(verb->get_name());
  const std::string word = argc > 1 ? argv[1] : "";
  const bool is_verb = std::ranges::find(verbs, word) != verbs.end();
  if (!word.empty() && !word.starts_with('-') && !is_verb) return unknown_word("verb", word, verbs);
  return fmt::format("{} (redflag{} --help tells more)", error.what(), is_verb ? " " + word : "");
}

// All verbs' options, which must live until the callbacks have used them.
struct Options {
  RunOptions run;
  CheckOptions check;
  CatalogueOptions catalogue;
  ExploreProgramOptions explore;
  ReplayOptions replay;
  LessonsOptions lessons;
  std::filesystem::path report_folder;
};

void add_source(CLI::App& verb, std::optional<std::filesystem::path>& source) {
  verb.add_option("--source", source, "the redflag checkout (default: found)");
}

void add_hang_after(CLI::App& verb, std::string& time) {
  verb.add_option("--hang-after", time, "a process in which no execution ends for so long hangs")
      ->capture_default_str();
}

void add_run(CLI::App& command, RunOptions& options, Exit& exit) {
  options.request.jobs = std::max(1U, std::thread::hardware_concurrency());
  auto& verb = *command.add_subcommand(
      "run", "Builds scenarios plain, under TSan and under ASan, runs them and writes a report");
  verb.add_option("scenario", options.request.scenarios, "which scenarios (default: all)");
  verb.add_option("--mode", options.request.modes, "plain, tsan, asan, explore (default: all)")
      ->delimiter(',')
      ->allow_extra_args(false)  // what comes after is a scenario
      ->take_all();
  verb.add_option("--side", options.request.side, "unsafe or safe (default: both)");
  verb.add_option("--budget", options.budget,
                  "time for all runs together, building not counted (default: 60s; of named "
                  "scenarios 1s a run, shared by the jobs)");
  add_hang_after(verb, options.hang_after);
  verb.add_option("--jobs", options.request.jobs, "runs at the same time")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  verb.add_option("--compiler", options.request.compiler, "gcc or clang")->capture_default_str();
  verb.add_option("--out", options.out, "folder of the results")->capture_default_str();
  add_source(verb, options.source);
  verb.add_flag(
      "--calibrate", options.request.calibrate,
      "measure how often unsafe programs show what they declare: each in 200 processes or "
      "10,000 executions, in mode explore in 1,000 schedules; and that safe ones show nothing: in "
      "60 s, in mode explore in 100,000 schedules or all (minutes a scenario)");
  verb.add_flag("--bench", options.bench, "also measure what safety costs");
  verb.callback([&options, &exit] { exit = run(options); });
}

void add_check(CLI::App& command, CheckOptions& options, Exit& exit) {
  auto& verb = *command.add_subcommand(
      "check", "Runs one program of a scenario that is already built, and grades it");
  verb.add_option("program", options.program, "the program")->required();
  verb.add_option("--mode", options.mode, "plain, tsan, asan, or explore for one built with tsan")
      ->required();
  verb.add_option("--budget", options.budget,
                  "how long; an unsafe program is done when all that it must show was seen")
      ->capture_default_str();
  add_hang_after(verb, options.hang_after);
  verb.add_option("--logs", options.logs, "folder to keep the logs in");
  verb.callback([&options, &exit] { exit = check(options); });
}

void add_catalogue(CLI::App& command, CatalogueOptions& options, Exit& exit) {
  auto& of_list = *command.add_subcommand("list", "Lists the scenarios by section of the article");
  add_source(of_list, options.source);
  of_list.callback([&options, &exit] { exit = list(options); });
  auto& of_show = *command.add_subcommand("show", "Shows a scenario's lesson and its programs");
  of_show.add_option("scenario", options.scenario, "which")->required();
  of_show.add_flag("--answer", options.answer, "the answer to the exercise too");
  of_show.add_flag("--diff", options.diff, "only the lines in which the safe programs differ");
  of_show.add_option("--language", options.language, "of the lesson: en or zh")
      ->check(CLI::IsMember({"en", "zh"}))
      ->capture_default_str();
  add_source(of_show, options.source);
  of_show.callback([&options, &exit] { exit = show(options); });
}

void add_explore(CLI::App& command, ExploreProgramOptions& options, Exit& exit) {
  auto& verb = *command.add_subcommand(
      "explore", "Runs a program under schedule after schedule, and saves those that show a bug");
  verb.add_option("program", options.program, "-- PROGRAM ARGUMENTS…")->required();
  verb.add_option("--schedules", options.schedules, "at most so many")->capture_default_str();
  verb.add_option("--for", options.time, "begin no schedule after so long");
  verb.add_option("--strategy", options.strategy,
                  "random, pct, pos, exhaustive, or noise: no schedule, threads run in parallel "
                  "with random "
                  "delays; no replay")
      ->capture_default_str();
  verb.add_option("--seed", options.seed, "of random, pct, pos and noise")->capture_default_str();
  verb.add_option("--depth", options.depth, "of pct: ordering constraints that the bug needs")
      ->capture_default_str();
  verb.add_option(
          "--preemptions", options.preemptions,
          "of exhaustive: at most so many a schedule, or none: as many as there may be, but "
          "of schedules that differ only in the order of independent steps one")
      ->capture_default_str();
  verb.add_option("--jobs", options.jobs, "executions at the same time")
      ->capture_default_str()
      ->check(CLI::Range(1, 256));
  verb.add_option("--max-steps", options.max_steps, "beyond it an execution is a livelock")
      ->capture_default_str();
  verb.add_flag("--spurious", options.spurious, "condition variables may wake by themselves");
  verb.add_flag("--early-timeouts", options.early_timeouts,
                "time-outs may come though other threads could go on: they are slow");
  verb.add_flag("--weak-memory", options.weak_memory,
                "loads of atomics may give values older than the last, where memory orders allow");
  verb.add_flag("--until-finding", options.until_finding, "end at the first finding");
  verb.add_flag("--no-minimise", options.no_minimise, "save schedules as they were found");
  add_hang_after(verb, options.hang_after);
  verb.add_option("--out", options.out, "folder of schedules and logs")->capture_default_str();
  verb.callback([&options, &exit] { exit = explore_program(options); });
}

void add_replay(CLI::App& command, ReplayOptions& options, Exit& exit) {
  auto& verb = *command.add_subcommand("replay", "Runs a saved schedule again");
  verb.add_option("file", options.file, "the schedule")->required();
  verb.add_flag("--trace", options.trace, "print every step");
  verb.add_option("--chrome-trace", options.chrome_trace, "write the steps for chrome://tracing");
  verb.add_flag("--gdb", options.gdb, "in gdb, which stops at the finding");
  verb.add_option("--times", options.times, "so often")
      ->capture_default_str()
      ->check(CLI::Range(1, 1000000));
  verb.callback([&options, &exit] { exit = replay(options); });
}

void add_lessons(CLI::App& command, LessonsOptions& options, Exit& exit) {
  auto& verb = *command.add_subcommand(
      "lessons", "Writes the measured tables of the lessons from the committed runs");
  verb.add_flag("--check", options.check, "write nothing, exit 1 if one is stale");
  add_source(verb, options.source);
  verb.callback([&options, &exit] { exit = lessons(options); });
}

void add_others(CLI::App& command, std::filesystem::path& report_folder, Exit& exit) {
  command
      .add_subcommand(
          "doctor", "Tells what this machine has for finding races, what it lacks, how to mend it")
      ->callback([&exit] { exit = doctor(); });
  auto& verb = *command.add_subcommand("report", "Writes the reports again from DIR/results.json");
  verb.add_option("dir", report_folder, "folder that holds results.json")->required();
  verb.callback([&report_folder, &exit] { exit = report(report_folder); });
}

}  // namespace

Exit command_line(int argc, char** argv) {
  // Some daemons hand SIGCHLD down ignored; then nobody could learn how a child ended.
  std::signal(SIGCHLD, SIG_DFL);
  CLI::App command("Finds, reproduces and explains concurrency bugs in C++.", "redflag");
  command.set_version_flag("--version", "redflag " REDFLAG_VERSION);
  command.require_subcommand(1);
  command.footer(
      "Exit codes: 0 as expected, 1 findings or verdicts not as expected, 2 wrong usage,\n"
      "3 could not run what was asked.");
  Exit exit = Exit::ok;
  Options options;
  add_run(command, options.run, exit);
  add_check(command, options.check, exit);
  add_catalogue(command, options.catalogue, exit);
  add_explore(command, options.explore, exit);
  add_replay(command, options.replay, exit);
  add_lessons(command, options.lessons, exit);
  add_others(command, options.report_folder, exit);
  try {
    command.parse(argc, argv);
  } catch (const CLI::Success& help) {
    command.exit(help);
    std::cout.flush();
    if (!std::cout) return complain(Exit::cannot_run, "cannot print");
  } catch (const CLI::ParseError& error) {
    return complain(Exit::usage, explain(command, error, argc, argv));
  } catch (const UsageError& error) {
    return complain(Exit::usage, error.what());
  } catch (const std::exception& error) {
    return complain(Exit::cannot_run, error.what());
  }
  return printed(exit);
}

}  // namespace redflag
