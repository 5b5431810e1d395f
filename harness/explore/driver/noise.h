// Random delays in a program that otherwise runs as always, its threads in parallel.
#pragma once

#include <cstdint>

#include "explore/driver/target.h"
#include "process/child.h"
#include "process/file_descriptor.h"

namespace redflag {

/// For one process. To be kept until it has started.
class Noise {
 public:
  /// Equal seeds draw equal delays, and yet no two runs are alike: the threads are free.
  explicit Noise(std::uint64_t seed);
  /// Has `command`, which starts `target`, make the noise.
  void add_to(Command& command, const Target& target) const;
  /// How often the program has come to a point where it might have been delayed.
  [[nodiscard]] std::uint64_t points() const;

 private:
  FileDescriptor page_;
};

}  // namespace redflag
