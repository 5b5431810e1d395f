// Names for the addresses in an execution.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "explore/page.h"
#include "model/finding.h"
#include "process/symbols.h"

namespace redflag {

/// The first module of the page that a tool calls `name`, which is the end of its path, or null.
/// `program` is the program's file, whose path is not on the page.
const explorer::Module* module_called(const std::string& name, const explorer::Page& page,
                                      const std::filesystem::path& program);

/// Gives names to what stands on a page. Keeps what it has read; not thread-safe.
class Namer {
 public:
  explicit Namer(std::filesystem::path file) : program_(std::move(file)) {}

  /// The frames of a stack, innermost first, without the explorer's own.
  std::vector<Frame> frames(const explorer::Page& page, const explorer::StackTrace& stack);
  /// The frames at one address that a call returns to.
  std::vector<Frame> frames_at(const explorer::Page& page, std::uint64_t address);
  /// Names the frames of a report whose tool gave none, and with them the finding. Whether there
  /// were any.
  bool name(Finding& finding, const explorer::Page& page);

 private:
  std::filesystem::path program_;
  Symbolizer symbols_;
};

}  // namespace redflag
