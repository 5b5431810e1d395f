#include "explore/driver/raw_findings.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <string_view>

#include "explore/driver/ended.h"
#include "sanitizer/frame.h"

namespace redflag {
namespace {

using explorer::End;
using explorer::Page;
using explorer::ThreadState;

// "    #0 <null> <null> (program+0x1234)" and "WARNING: ThreadSanitizer: data race (pid=…)"
std::string skeleton(const std::string& report) {
  std::string kept;
  std::size_t at = 0;
  while (at < report.size()) {
    const auto end = std::min(report.find('\n', at), report.size());
    const std::string_view line(report.data() + at, end - at);
    const auto warning = line.find("ThreadSanitizer: ");
    const auto place = line.rfind('(');
    if (line.starts_with("    #") && place != std::string_view::npos) {
      kept += line.substr(place);
    } else if (warning != std::string_view::npos && !line.starts_with("SUMMARY")) {
      const auto pid = line.find("(pid=");
      kept += line.substr(warning, pid == std::string_view::npos ? pid : pid - warning);
    }
    at = end + 1;
  }
  return kept;
}

void add_frames(std::string& key, const explorer::StackTrace& stack) {
  for (std::size_t f = 0; f < std::min<std::size_t>(stack.size, 8); ++f)
    key += fmt::format(" {:x}", stack.frames[f]);
}

}  // namespace

std::string raw_findings(const Page& page, const Execution& execution) {
  std::string key = skeleton(execution.sanitizer);
  const bool bad_end = execution.status != 0 && page.end != End::diverged &&
                       !(WIFEXITED(execution.status) &&
                         WEXITSTATUS(execution.status) == sanitizer_exit && !key.empty());
  if (bad_end) {
    key += fmt::format("|status {:#x} {}", execution.status, last_line(execution.err));
    add_frames(key, page.death);
  }
  if (!execution.hang.empty()) key += "|hung";
  for (const Stack& stack : execution.hung_threads) {
    const Frame* frame = top_user_frame(stack);
    if (frame != nullptr && page.spec.strategy == explorer::StrategyId::noise)
      key += " " + frame->function;
  }
  if (page.forbidden[0] != '\0') key += "|" + text_in(page.forbidden);
  const bool stopped = page.end == End::deadlock || page.end == End::livelock;
  if (stopped) key += fmt::format("|end {}", static_cast<unsigned>(page.end));
  for (std::size_t i = 0; i < thread_count(page); ++i) {
    const ThreadState& thread = page.threads[i];
    if (stopped && lives(thread)) {
      key += fmt::format("|{} {}", static_cast<unsigned>(thread.action), thread.holder);
      add_frames(key, thread.stack);
    }
    if (is_leaked(page, i)) key += fmt::format("|leak {:x}", thread.created);
  }
  return key;
}

}  // namespace redflag
