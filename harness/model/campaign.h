// One run of the matrix scenario × variant × mode: plain data. json.h reads and writes it.
#pragma once

#include <redflag/mode.h>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/finding.h"

namespace redflag {

inline constexpr int schema_version = 1;

enum class Side { unsafe, safe };
std::string_view to_string(Side side);

/// What happened to a run. Only `ran` has a verdict.
enum class Status {
  ran,
  timed_out,        ///< no execution began before its time was over
  crashed_harness,  ///< redflag's own part of the child failed
  not_built,
  skipped,  ///< interrupted, or not asked for
};
std::string_view to_string(Status status);

/// What a run means.
enum class Verdict {
  as_expected,
  missed,       ///< a finding that must be seen was not
  false_alarm,  ///< a safe variant showed a finding
  unexpected,   ///< an unsafe variant showed a finding it does not declare
};
std::string_view to_string(Verdict verdict);

/// A declared expectation for one mode, as the program described it.
struct ExpectedFinding {
  Kind kind = Kind::other;
  bool required = false;
  std::string function;
  std::uint64_t processes = 0;  ///< of the run, that showed it
  bool operator==(const ExpectedFinding&) const = default;
};

struct OutcomeCount {
  std::string text;
  bool allowed = false;
  std::string why;  ///< the program's reason; "not declared" if it has none
  std::uint64_t count = 0;
  std::uint64_t first_execution = 0;  ///< 1-based, within the first process that saw it
  bool operator==(const OutcomeCount&) const = default;
};

/// A share with its 95% Wilson score interval.
struct Rate {
  double value = 0;
  double low = 0;
  double high = 1;
  bool operator==(const Rate&) const = default;
};

/// How often a run showed one finding.
struct FindingCount {
  std::string signature;
  std::uint64_t processes = 0;  ///< that showed it
  bool operator==(const FindingCount&) const = default;
};

/// How often a run showed a kind, by whatever signature.
struct KindCount {
  Kind kind = Kind::other;
  std::uint64_t processes = 0;  ///< that showed it
  bool operator==(const KindCount&) const = default;
};

/// A search for every schedule.
struct ExhaustiveSearch {
  std::optional<std::uint32_t> preemptions;  ///< at most so many a schedule; nothing: any number,
                                             ///< but of schedules that differ only in the order
                                             ///< of independent steps one
  bool complete = false;                     ///< it ended: there are no more
  std::uint64_t schedules = 0;
  bool operator==(const ExhaustiveSearch&) const = default;
};

/// How mode explore searched.
struct SearchCounts {
  std::string strategy;                        ///< empty: another mode
  std::optional<ExhaustiveSearch> exhaustive;  ///< the last one, if there was one
  std::uint64_t distinct = 0;
  std::uint64_t steps = 0;
  /// Schedules in which a time-out might come although other threads could go on, and a condition
  /// variable wake by itself.
  std::uint64_t disturbed = 0;
  bool operator==(const SearchCounts&) const = default;
};

/// One variant in one mode. In mode explore an execution is a schedule, and a process of its own.
struct Run {
  std::string scenario;
  std::string variant;  ///< "unsafe", "safe", "unsafe_relaxed", …
  Side side = Side::unsafe;
  Mode mode = Mode::plain;
  std::string compiler;  ///< "gcc" or "clang"
  Status status = Status::skipped;
  std::optional<Verdict> verdict;    ///< absent unless status is `ran`
  std::vector<std::string> reasons;  ///< why this status or verdict, in words
  std::string program;               ///< path of the program that ran, relative to the project
  std::string instrumentation;  ///< "none", "thread" or "address": what the program says it has
  std::uint64_t executions = 0;
  std::uint64_t processes = 0;
  std::uint64_t processes_with_finding = 0;
  std::optional<std::uint64_t> executions_to_first_finding;
  Rate detection;  ///< processes_with_finding in processes
  double seconds = 0;
  std::uint64_t leaked_threads = 0;
  std::vector<ExpectedFinding> expected;
  std::vector<OutcomeCount> outcomes;
  std::vector<FindingCount> findings;
  std::vector<KindCount> kinds;  ///< the commonest first; empty in older results
  SearchCounts search;
  bool operator==(const Run&) const = default;
};

/// One program's source, kept so that a report shows the code that ran.
struct Source {
  std::string variant;
  Side side = Side::unsafe;
  std::string path;  ///< relative to the project
  std::string text;
  bool operator==(const Source&) const = default;
};

struct ScenarioInfo {
  std::string name;
  std::string title;
  std::string article;  ///< section, for example "4.1"
  std::string summary;
  std::string lesson;  ///< Markdown
  std::vector<Source> programs;
  bool operator==(const ScenarioInfo&) const = default;
};

struct Environment {
  std::string redflag_version;
  std::string started;  ///< UTC, ISO 8601
  std::string host_os;
  std::string cpu;
  unsigned cores = 0;
  std::vector<std::string> compilers;  ///< "gcc: g++ (Debian 12.2.0-14) 12.2.0"
  double budget_seconds = 0;  ///< for all runs together; 0: each went by number, to be calibrated
  double hang_after_seconds = 10;
  unsigned jobs = 0;
  bool operator==(const Environment&) const = default;
};

/// The cost of a fix: nanoseconds per operation, measured in one run.
struct Cost {
  std::string scenario;
  std::string operation;  ///< for example "increment, 1 thread"
  double unsafe_ns = 0;
  double safe_ns = 0;
  bool operator==(const Cost&) const = default;
};

struct Campaign {
  Environment environment;
  std::vector<ScenarioInfo> scenarios;
  std::vector<Run> runs;
  std::vector<Finding> findings;  ///< one a signature, whichever run saw it first
  std::vector<Cost> costs;
  bool complete = false;  ///< false while running, and for ever if it was interrupted
  bool operator==(const Campaign&) const = default;
};

/// Counts processes that showed all these kinds, each of them once.
void add_kinds(Run& run, const std::set<Kind>& kinds, std::uint64_t processes = 1);

/// How sure `hits` of `trials` make us: Wilson score interval at 95%. No trials: 0 in [0, 1].
Rate rate(std::uint64_t hits, std::uint64_t trials);

/// 1 if any verdict is not *as expected*; else 3 if any run did not happen; else 0.
int exit_code(const Campaign& campaign);

}  // namespace redflag
