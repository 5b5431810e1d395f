// One defect, whatever tool saw it.
#pragma once

#include <redflag/kind.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace redflag {

/// One line of a stack. Unknown parts are empty or zero.
struct Frame {
  std::string function;  ///< as the tool printed it
  std::string file;      ///< path as the tool printed it
  int line = 0;
  int column = 0;  ///< Clang gives it, GCC does not
  std::string module;
  std::uint64_t offset = 0;  ///< in bytes, in `module`
  bool operator==(const Frame&) const = default;
};

/// What a stack tells about the defect.
enum class Role {
  side,        ///< one of the places that together are the defect: an access, a free, a lock
  allocation,  ///< where the memory came from
  thread,      ///< where a thread was created
  mutex,       ///< where a mutex was created
  other,
};
std::string_view to_string(Role role);

struct Stack {
  Role role = Role::other;
  std::string title;   ///< the tool's own line, for example "Previous write of size 4 by thread T1"
  std::string thread;  ///< "main thread", "T1", … or empty
  std::vector<Frame> frames;
  bool operator==(const Stack&) const = default;
};

/// One step of the order in which threads ran.
struct InterleavingStep {
  std::string thread;         ///< "main", "T1", …
  std::string what;           ///< "locks mutex 2"
  std::string place;          ///< "engine.h:41 in Engine::stop", or empty
  bool preempts = false;      ///< the thread before could have gone on
  bool pending = false;       ///< not taken: what the thread was about to do at the end
  std::uint64_t skipped = 0;  ///< steps before this one that are left out
  bool operator==(const InterleavingStep&) const = default;
};

struct Finding {
  std::string signature;  ///< see signature_of() in sanitizer/signature.h
  Kind kind = Kind::other;
  std::string tool;     ///< ThreadSanitizer, AddressSanitizer, LeakSanitizer, UBSan or redflag
  std::string message;  ///< one line
  std::vector<Stack> stacks;
  std::string location;  ///< what the memory is: "global 'counter' of size 4", …
  std::string text;      ///< the report as the tool printed it
  std::string log;       ///< file that holds it, relative to the campaign's folder
  std::vector<InterleavingStep> interleaving{};  ///< that shows it, if mode explore found it
  bool operator==(const Finding&) const = default;
};

}  // namespace redflag
