#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace fleetmeter::store {

/// What documents named lately, by the groups in which they did: so that what is over can be let go
/// without looking through all that is remembered. `Memory` has a member `named_in_group`, which is
/// 0 at first and belongs to this class.
template <class Memory>
class RecentlyNamed {
 public:
  void note(Memory& memory) {
    if (memory.named_in_group != group_) {
      memory.named_in_group = group_;
      now_.push_back(&memory);
    }
  }

  /// Ends a group. Gives to `let_go` what only older groups than the last two named; and what the
  /// last but one named last, if it `has_ended`.
  template <class HasEnded, class LetGo>
  void end_group(const HasEnded& has_ended, const LetGo& let_go) {
    for (Memory* memory : before_last_) {
      if (memory->named_in_group + 2 == group_) {
        let_go(*memory);
      }
    }
    std::erase_if(last_, [&](Memory* memory) {
      const bool goes = memory->named_in_group + 1 == group_ && has_ended(*memory);
      if (goes) {
        let_go(*memory);
      }
      return goes;
    });
    before_last_ = std::move(last_);
    last_ = std::move(now_);
    now_.clear();
    ++group_;
  }

  /// After end_group(): everything that is still remembered.
  template <class Take>
  void each(const Take& take) const {
    for (const auto* named : {&before_last_, &last_}) {
      for (Memory* memory : *named) {
        take(*memory);
      }
    }
  }

  /// Forgets all, because none of it is remembered any more.
  void clear() {
    now_.clear();
    last_.clear();
    before_last_.clear();
  }

 private:
  // Each is in the list of the group that named it last, and maybe in older ones.
  std::vector<Memory*> now_;
  std::vector<Memory*> last_;
  std::vector<Memory*> before_last_;
  std::uint64_t group_ = 1;
};

}  // namespace fleetmeter::store
