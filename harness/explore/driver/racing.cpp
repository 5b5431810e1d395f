#include "explore/driver/racing.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

namespace redflag {
namespace {

using explorer::CodePlace;
using explorer::Page;

bool is_race(Kind kind) {
  return kind == Kind::data_race || kind == Kind::heap_use_after_free ||
         kind == Kind::data_race_on_vptr;
}

// The place of a frame in a module that the page knows.
std::optional<CodePlace> place_of(const Frame& frame, const Page& page,
                                  const std::filesystem::path& program) {
  const std::string wanted = std::filesystem::path(frame.module).filename();
  const auto count = std::min<std::size_t>(page.module_count, Page::most_modules);
  for (std::uint32_t i = 0; i < count && !wanted.empty(); ++i) {
    const explorer::Module& module = page.modules[i];
    std::filesystem::path path(std::string(module.path, strnlen(module.path, sizeof module.path)));
    if (path.empty()) path = program;
    if (path.filename() == wanted) return CodePlace{i, frame.offset};
  }
  return std::nullopt;
}

}  // namespace

bool add_racing(std::vector<CodePlace>& racing, const Finding& finding, const Page& page,
                const std::filesystem::path& program) {
  if (!is_race(finding.kind) || finding.tool == "redflag") return false;
  bool any = false;
  for (const Stack& stack : finding.stacks) {
    if (stack.role != Role::side || stack.frames.empty()) continue;
    const auto place = place_of(stack.frames.front(), page, program);
    if (!place || racing.size() == Page::most_racing) continue;
    if (std::ranges::find(racing, *place) != racing.end()) continue;
    racing.push_back(*place);
    any = true;
  }
  return any;
}

}  // namespace redflag
