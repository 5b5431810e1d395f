#include "explore/driver/namer.h"

#include <algorithm>
#include <cstring>
#include <span>

#include "sanitizer/signature.h"

namespace redflag {
namespace {

using explorer::Module;
using explorer::Page;

std::span<const Module> modules_of(const Page& page) {
  return {page.modules, std::min<std::size_t>(page.module_count, Page::most_modules)};
}

std::filesystem::path path_of(const Module& module, const std::filesystem::path& program) {
  const std::string path(module.path, strnlen(module.path, sizeof module.path));
  return path.empty() ? program : std::filesystem::path(path);
}

const Module* module_at(std::uint64_t address, const Page& page) {
  const auto modules = modules_of(page);
  const auto found = std::ranges::find_if(modules, [&](const Module& module) {
    return address >= module.begin && address < module.end;
  });
  return found == modules.end() ? nullptr : &*found;
}

bool is_explorers_own(const Frame& frame) {
  return frame.file.find("harness/explore/runtime/") != std::string::npos ||
         frame.module.starts_with("libredflag-explore");
}

}  // namespace

const Module* module_called(const std::string& name, const Page& page,
                            const std::filesystem::path& program) {
  const std::filesystem::path wanted = std::filesystem::path(name).filename();
  const auto modules = modules_of(page);
  const auto found = std::ranges::find_if(modules, [&](const Module& module) {
    return !wanted.empty() && path_of(module, program).filename() == wanted;
  });
  return found == modules.end() ? nullptr : &*found;
}

std::vector<Frame> Namer::frames_at(const Page& page, std::uint64_t address) {
  const Module* module = module_at(address, page);
  if (address == 0 || module == nullptr) return {};
  // The one that a call returns to is one past the call.
  return symbols_.at(path_of(*module, program_).string(), address - module->base - 1);
}

std::vector<Frame> Namer::frames(const Page& page, const explorer::StackTrace& stack) {
  std::vector<Frame> frames;
  const auto size = std::min<std::size_t>(stack.size, explorer::StackTrace::most_frames);
  for (std::size_t i = 0; i < size; ++i) {
    for (const Frame& frame : frames_at(page, stack.frames[i])) {
      if (!is_explorers_own(frame)) frames.push_back(frame);
    }
  }
  return frames;
}

bool Namer::name(Finding& finding, const Page& page) {
  bool any = false;
  for (Stack& stack : finding.stacks) {
    std::vector<Frame> frames;
    for (Frame& frame : stack.frames) {
      const Module* module =
          frame.function.empty() ? module_called(frame.module, page, program_) : nullptr;
      if (module == nullptr) {
        frames.push_back(std::move(frame));
        continue;
      }
      any = true;
      for (const Frame& named : symbols_.at(path_of(*module, program_).string(), frame.offset)) {
        if (!is_explorers_own(named)) frames.push_back(named);
      }
    }
    stack.frames = std::move(frames);
  }
  if (any) finding.signature = signature_of(finding);
  return any;
}

}  // namespace redflag
