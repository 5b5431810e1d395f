#include "sanitizer/signature.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>

#include "sanitizer/frame.h"

namespace redflag {
namespace {

Kind kind_in_signature(Kind kind) {
  if (kind == Kind::data_race_on_vptr) return Kind::data_race;
  if (kind == Kind::virtual_call_vs_free) return Kind::heap_use_after_free;
  return kind;
}

// The file and the folder that holds it: the file alone is ambiguous (every scenario has its
// unsafe.cpp, many a project its util.cpp), the whole path differs from machine to machine.
std::string_view short_path(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return path.substr(slash == 0 ? 1 : 0);
  const auto folder = path.rfind('/', slash - 1);
  return folder == std::string_view::npos ? path : path.substr(folder + 1);
}

std::string side_name(const Stack& stack) {
  const auto* frame = top_user_frame(stack);
  if (frame == nullptr) return "?";
  auto function = frame->function.empty() ? "?" : unqualified_name(frame->function);
  // A file of the sanitizer's own runtime, named by one compiler and not by the other, says
  // nothing.
  if (frame->file.empty() || !is_user_frame(*frame)) return function;
  return fmt::format("{}:{}", short_path(frame->file), function);
}

std::set<std::string> side_names(const Finding& finding) {
  std::set<std::string> names;
  for (const auto& stack : finding.stacks) {
    if (stack.role == Role::side) names.insert(side_name(stack));
  }
  if (!names.empty()) return names;
  const auto stack =
      std::ranges::find_if(finding.stacks, [](const auto& one) { return !one.frames.empty(); });
  if (stack == finding.stacks.end()) return {"?"};
  return {side_name(*stack)};
}

}  // namespace

std::string signature_of(const Finding& finding) {
  return fmt::format("{}: {}", to_string(kind_in_signature(finding.kind)),
                     fmt::join(side_names(finding), " | "));
}

}  // namespace redflag
