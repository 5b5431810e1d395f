// For tests: small programs that are made by chance, but always the same ones.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "explore/driver/depth_first.h"
#include "explore/driver/small_program.h"

namespace redflag {

// A main thread that makes the others and waits for them.
inline SmallProgram with_main(std::vector<std::vector<Instruction>> threads) {
  SmallProgram program(1);
  for (std::size_t i = 0; i < threads.size(); ++i)
    program[0].push_back({explorer::Action::thread_create});
  for (unsigned i = 1; i <= threads.size(); ++i)
    program[0].push_back({explorer::Action::thread_join, i});
  program.insert(program.end(), threads.begin(), threads.end());
  return program;
}

/// Takes two forks, the left one first.
inline std::vector<Instruction> dine(unsigned left, unsigned right) {
  return {{explorer::Action::mutex_lock, left},
          {explorer::Action::mutex_lock, right},
          {explorer::Action::mutex_unlock, right},
          {explorer::Action::mutex_unlock, left}};
}

/// Threads that use the same few atomics, mutexes, conditions and semaphores, some with time
/// limits.
class RandomProgram {
 public:
  explicit RandomProgram(unsigned seed) : random_(seed) {}

  SmallProgram make() {
    const bool with_time = below(3) == 0;
    std::vector<std::vector<Instruction>> threads(2 + below(2));
    for (auto& thread : threads) thread = body(with_time, threads.size() == 2 ? 4 : 2);
    SmallProgram program = with_main(threads);
    if (with_time && below(2) == 0) program[0].back().deadline = 2;
    if (below(4) == 0) program[0].resize(threads.size());  // ends without waiting
    if (below(3) == 0)
      program[0].insert(program[0].end() - 1, {explorer::Action::atomic_update, 0});
    return program;
  }

 private:
  unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }

  std::vector<Instruction> body(bool with_time, unsigned size) {
    std::vector<Instruction> body;
    while (body.size() < size) add(body, with_time);
    return body;
  }

  void add(std::vector<Instruction>& body, bool with_time) {
    const unsigned object = below(2);
    switch (below(with_time ? 12 : 9)) {
      case 0:
        return body.push_back({explorer::Action::atomic_load, object});
      case 1:
        return body.push_back({explorer::Action::atomic_store, object});
      case 2:
        return body.push_back({explorer::Action::atomic_update, object});
      case 3:
      case 4:
        body.push_back({explorer::Action::mutex_lock, object, 0, with_time ? below(3) : 0});
        if (below(2) == 0) body.push_back({explorer::Action::atomic_update, below(2)});
        if (below(3) == 0) body.push_back({explorer::Action::condition_wait, below(2), object});
        return body.push_back({explorer::Action::mutex_unlock, object});
      case 5:
        body.push_back({explorer::Action::mutex_try_lock, object});
        return body.push_back({explorer::Action::mutex_unlock, object});
      case 6:
        return body.push_back(
            {below(2) == 0 ? Action::condition_signal : Action::condition_broadcast, object});
      case 7:
        return body.push_back({explorer::Action::semaphore_post, object});
      case 8:
      case 9:
        return body.push_back(
            {explorer::Action::semaphore_wait, object, 0, with_time ? below(3) : 0});
      case 10:
        return body.push_back({explorer::Action::yield});
      default:
        return body.push_back({explorer::Action::sleep, 0, 0, 1 + below(2)});
    }
  }

  using Action = explorer::Action;

  std::mt19937 random_;
};

struct SeenOutcomes {
  std::set<std::string> outcomes;
  std::size_t schedules = 0;
};

/// What the schedules show that `tree` asks for, up to `most` of them. `run` makes the interpreter
/// follow one of the tree.
template <class Tree, class Run>
SeenOutcomes go_through(Tree& tree, Interpreter& interpreter, std::size_t most, Run run) {
  SeenOutcomes seen;
  bool more = true;
  for (; more && seen.schedules < most; ++seen.schedules) {
    more = tree.learn(run());
    seen.outcomes.insert(interpreter.outcome());
  }
  return seen;
}

/// All within a bound, up to `most`. If not `related`, nothing is known of what the steps have to
/// do with each other, and so nothing is left out.
inline SeenOutcomes all_within(const SmallProgram& program, std::uint32_t bound, Bound of,
                               bool related, std::size_t most) {
  Interpreter interpreter(program, related);
  DepthFirst tree(bound, of);
  return go_through(tree, interpreter, most,
                    [&]() -> decltype(auto) { return interpreter.run(tree.prefix()); });
}

inline std::string text_of(const SmallProgram& program) {
  std::string text;
  for (const auto& thread : program) {
    for (const auto& i : thread)
      text += std::to_string(static_cast<int>(i.action)) + "(" + std::to_string(i.object) + "," +
              std::to_string(i.mutex) + "," + std::to_string(i.deadline) + ") ";
    text += "\n";
  }
  return text;
}

}  // namespace redflag
