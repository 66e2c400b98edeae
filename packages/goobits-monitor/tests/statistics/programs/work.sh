# Count to a number: to 5000 this is the base, to 5290 what it costs has grown by 5 %, as
# starting the shell takes a part of it.
i=0
while [ $i -lt "$1" ]; do i=$((i + 1)); done
