#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "cli/duration.h"
#include "cli/summary.h"

namespace redflag {

std::string run_name(const Run& run) {
  return fmt::format("{}.{} {}", run.scenario, run.variant, to_string(run.mode));
}

void Progress::step(const std::string& what) {
  clear_line();
  if (columns_ > 0)
    live(what + " ...");
  else
    fmt::print("{}\n", what);
  std::fflush(stdout);
}

void Progress::started(const Run& run) {
  if (first_start_ == std::chrono::steady_clock::time_point())
    first_start_ = std::chrono::steady_clock::now();
  if (columns_ == 0) return;
  std::string eta;
  if (done_ > 0) {
    const std::chrono::duration<double> so_far = std::chrono::steady_clock::now() - first_start_;
    const double left =
        so_far.count() / static_cast<double>(done_) * static_cast<double>(all_ - done_);
    eta = fmt::format(", about {} left", show_duration(left));
  }
  live(fmt::format("{}{}{}", done_ > 0 ? fmt::format("{}/{} ", done_, all_) : "", run_name(run),
                   eta));
}

void Progress::finished(const Run& run, std::size_t done, std::size_t all) {
  done_ = done;
  all_ = all;
  const std::string_view word = run.verdict ? to_string(*run.verdict) : to_string(run.status);
  const bool good = run.verdict == Verdict::as_expected;
  if (columns_ > 0 && good) return;  // only what is wrong stays on the screen
  clear_line();
  fmt::print("[{}/{}] {}: {}", done, all, run_name(run), word);
  if (run.verdict)
    fmt::print(", {} of {} {} with a finding, {} executions", run.processes_with_finding,
               run.processes, run.mode == Mode::explore ? "schedules" : "processes",
               run.executions);
  fmt::print("\n");
  if (!good) print_reasons(run);
  std::fflush(stdout);
}

void Progress::clear_line() {
  if (line_is_live_) fmt::print("\r\033[K");
  line_is_live_ = false;
}

void Progress::live(const std::string& text) {
  clear_line();
  // A line that wraps could not be taken back.
  fmt::print("{}", text.substr(0, std::min<std::size_t>(79, columns_ - 1)));
  std::fflush(stdout);
  line_is_live_ = true;
}

}  // namespace redflag
