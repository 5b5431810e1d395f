#include "reports/meeting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sanitizer/frame.h"

namespace redflag::reports {
namespace {

// The first frame in the scenario's own source, else the user's first; null if there is none.
const Frame* frame_of(const Scenario& scenario, const Stack& stack) {
  const auto own = std::ranges::find_if(
      stack.frames, [&](const Frame& frame) { return source_of(scenario, frame) != nullptr; });
  return own != stack.frames.end() ? &*own : top_user_frame(stack);
}

// "Previous write of size 4 by thread T1 (mutexes: write M0)" to "write of size 4 (mutexes: …)".
std::string what_of(const Stack& stack) {
  std::string text = stack.title;
  for (const std::string& thread :
       {" by thread " + stack.thread, " in thread " + stack.thread, std::string(" by main thread"),
        std::string(" in main thread")}) {
    if (const auto at = text.find(thread); at != std::string::npos) text.erase(at, thread.size());
  }
  constexpr std::string_view previous = "Previous ";
  if (text.starts_with(previous)) text.erase(0, previous.size());
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

std::string place_of(const Frame& frame) {
  const std::string file = frame.file.substr(frame.file.rfind('/') + 1);
  return file.empty() ? frame.function
                      : fmt::format("{}:{} in {}", file, frame.line, frame.function);
}

std::vector<std::string> meeting_of(const Scenario& scenario, const Finding& finding) {
  if (finding.tool != "ThreadSanitizer" || finding.interleaving.empty()) return {};
  const auto threads = threads_of(finding);
  std::vector<std::string> cells(threads.size());
  for (const Stack& stack : finding.stacks) {
    if (stack.role != Role::side) continue;
    const std::string name = stack.thread == "main thread" ? "main" : stack.thread;
    const auto column = std::ranges::find(threads, name);
    if (column == threads.end()) return {};
    std::string& cell = cells[static_cast<std::size_t>(column - threads.begin())];
    const Frame* const frame = frame_of(scenario, stack);
    cell += fmt::format("{}{}{}", cell.empty() ? "" : "; ", what_of(stack),
                        frame == nullptr ? "" : ", " + place_of(*frame));
  }
  return cells;
}

}  // namespace redflag::reports
