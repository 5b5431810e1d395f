#include "explore/driver/racing.h"

#include <algorithm>
#include <optional>

#include "explore/driver/namer.h"

namespace redflag {
namespace {

using explorer::CodePlace;
using explorer::Page;

bool is_race(Kind kind) {
  return kind == Kind::data_race || kind == Kind::heap_use_after_free ||
         kind == Kind::data_race_on_vptr;
}

std::optional<CodePlace> place_of(const Frame& frame, const Page& page,
                                  const std::filesystem::path& program) {
  const explorer::Module* module = module_called(frame.module, page, program);
  if (module == nullptr) return std::nullopt;
  return CodePlace{static_cast<std::uint32_t>(module - page.modules), frame.offset};
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
