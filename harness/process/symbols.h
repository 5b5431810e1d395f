// Names for the addresses in a program.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/finding.h"

namespace redflag {

/// The frames at `offsets` (relative to the load address) of the program in `file`, inlined calls
/// as frames of their own, innermost first. An offset without debug information gives a frame with
/// module and offset only; an offset of 0 (a frame of another library) gives none. Reads DWARF
/// with libdw. Thread-safe.
std::vector<Frame> symbolize(const std::string& file, const std::vector<std::uint64_t>& offsets);

/// Names for addresses in many files, each file's debug information read once and each address
/// looked up once. Not thread-safe.
class Symbolizer {
 public:
  Symbolizer();
  ~Symbolizer();
  Symbolizer(const Symbolizer&) = delete;
  Symbolizer& operator=(const Symbolizer&) = delete;
  /// The frames at one offset of `file`, as symbolize() gives them.
  const std::vector<Frame>& at(const std::string& file, std::uint64_t offset);

 private:
  struct Files;
  std::unique_ptr<Files> files_;
  std::map<std::pair<std::string, std::uint64_t>, std::vector<Frame>> known_;
};

}  // namespace redflag
